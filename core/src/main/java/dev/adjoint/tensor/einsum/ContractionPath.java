package dev.adjoint.tensor.einsum;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The products of two that a sum of products is made of, in order, with their cost.
///
/// Operands are numbered from 0; the product of step k is operand n + k. It prints as a header and a line for every step:
///
/// ```
/// ij,jk,kl->il: 2 products, 60 multiplications (all at once 480), largest intermediate 6 elements
///   0,1 -> 3  ij,jk->ik  40
///   3,2 -> 4  ik,kl->il  20
/// ```
///
/// @param subscripts the whole, after every operand by itself has been prepared: diagonals taken, lone labels summed
/// @param steps the products
/// @param allAtOnce the multiplications of one loop over all labels
public record ContractionPath(String subscripts, List<Step> steps, double allAtOnce) {
    /// One product of two tensors.
    ///
    /// @param left the number of the left factor
    /// @param right the number of the right factor
    /// @param subscripts the product in Einstein's notation
    /// @param size what it costs
    public record Step(int left, int right, String subscripts, Size size) {}

    /// What a product of two tensors costs.
    ///
    /// @param multiplications products of two elements
    /// @param elements elements of the result
    public record Size(double multiplications, double elements) {}

    public ContractionPath {
        steps = List.copyOf(steps);
    }

    static ContractionPath of(Network network, List<PathSearch.Pair> pairs) {
        List<String> left = new ArrayList<>(network.terms());
        List<Step> steps = new ArrayList<>();
        for (PathSearch.Pair pair : pairs) {
            String x = left.set(pair.left(), "");
            String y = left.set(pair.right(), "");
            boolean last = steps.size() == pairs.size() - 1;
            String z = last ? network.output() : Network.product(x, y, String.join("", left) + network.output());
            left.add(z);
            Size size = new Size(network.cost(x, y), network.size(z));
            steps.add(new Step(pair.left(), pair.right(), x + "," + y + "->" + z, size));
        }
        String subscripts = String.join(",", network.terms()) + "->" + network.output();
        String all = Labels.distinct(String.join("", network.terms()));
        return new ContractionPath(subscripts, steps, network.size(all) * steps.size());
    }

    /// The multiplications of all steps.
    public double multiplications() {
        return steps.stream().mapToDouble(step -> step.size.multiplications).sum();
    }

    /// The elements of the largest result of a step; 0 without steps.
    public double largest() {
        return steps.stream().mapToDouble(step -> step.size.elements).max().orElse(0);
    }

    @Override
    public String toString() {
        int n = subscripts.length() - subscripts.replace(",", "").length() + 1;
        StringBuilder text = new StringBuilder(subscripts + ": " + steps.size()
                + (steps.size() == 1 ? " product, " : " products, ") + number(multiplications())
                + " multiplications (all at once " + number(allAtOnce) + "), largest intermediate " + number(largest())
                + " elements");
        for (int k = 0; k < steps.size(); k++) {
            Step step = steps.get(k);
            text.append("\n  " + step.left + "," + step.right + " -> " + (n + k) + "  " + step.subscripts + "  "
                    + number(step.size.multiplications));
        }
        return text.toString();
    }

    private static String number(double value) {
        return value < 1e15 ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3e", value);
    }
}
