package dev.adjoint.tensor.einsum;

import java.util.List;
import java.util.Map;

/// Factors to be multiplied, each named by the labels of its axes, and the labels that the product keeps.
///
/// @param terms the labels of every factor, each once
/// @param output the labels of the product
/// @param extents the extent of every label
record Network(List<String> terms, String output, Map<Character, Long> extents) {
    /// The number of elements of a tensor with these axes. Only compared and printed, so a double may round it.
    double size(String labels) {
        return labels.chars()
                .mapToDouble(label -> (double) extents.getOrDefault((char) label, 1L))
                .reduce(1, (a, b) -> a * b);
    }

    /// How many products of two elements the product of two factors takes.
    double cost(String left, String right) {
        return size(left + Labels.without(right, left));
    }

    /// The labels of the product of two factors when some are still needed: shared ones first, then the left's, then the
    /// right's.
    static String product(String left, String right, String needed) {
        String shared = Labels.both(Labels.both(left, right), needed);
        return shared + Labels.without(left, right) + Labels.without(right, left);
    }
}
