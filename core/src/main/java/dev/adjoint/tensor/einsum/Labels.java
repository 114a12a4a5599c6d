package dev.adjoint.tensor.einsum;

import java.util.function.IntPredicate;

/// Strings as lists of labels, a character each.
final class Labels {
    private Labels() {}

    static boolean has(String labels, int label) {
        return labels.indexOf(label) >= 0;
    }

    static String filter(String labels, IntPredicate kept) {
        return labels.chars()
                .filter(kept)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Every label once.
    static String distinct(String labels) {
        StringBuilder once = new StringBuilder();
        labels.chars().distinct().forEach(once::appendCodePoint);
        return once.toString();
    }

    /// Those that occur in both.
    static String both(String labels, String others) {
        return filter(labels, label -> has(others, label));
    }

    /// Those of the first that the second has not.
    static String without(String labels, String gone) {
        return filter(labels, label -> !has(gone, label));
    }

    /// How often a label occurs.
    static long count(String labels, int label) {
        return labels.chars().filter(each -> each == label).count();
    }
}
