package dev.adjoint.tensor.einsum;

import java.util.function.IntPredicate;

/// Strings as lists of labels, a character each.
final class Labels {
    private Labels() {}

    static boolean has(String labels, int label) {
        return labels.indexOf(label) >= 0;
    }

    // Plain loops: sums of products of small tensors spend much of their time here.
    private static String filter(String labels, IntPredicate kept) {
        StringBuilder result = new StringBuilder(labels.length());
        for (int i = 0; i < labels.length(); i++) {
            if (kept.test(labels.charAt(i))) {
                result.append(labels.charAt(i));
            }
        }
        return result.toString();
    }

    /// Every label once.
    static String distinct(String labels) {
        StringBuilder once = new StringBuilder(labels.length());
        for (int i = 0; i < labels.length(); i++) {
            if (labels.indexOf(labels.charAt(i)) == i) {
                once.append(labels.charAt(i));
            }
        }
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
    static int count(String labels, int label) {
        int count = 0;
        for (int at = labels.indexOf(label); at >= 0; at = labels.indexOf(label, at + 1)) {
            count++;
        }
        return count;
    }
}
