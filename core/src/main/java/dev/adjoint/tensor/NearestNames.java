package dev.adjoint.tensor;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a mistyped name was meant to be: the known names at the smallest edit distance.
public final class NearestNames {
    /// More than this many names are no help in one line.
    private static final int SHOWN = 20;

    private NearestNames() {}

    /// Up to three known names that may have been meant, nearest first: those that the name begins or that begin with
    /// it, and those at most a third of its length away (at least 1, at most 3 edits). Case does not count.
    public static List<String> of(String name, Collection<String> known) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int reach = Math.clamp(wanted.length() / 3, 1, 3);
        return known.stream()
                .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= reach
                        || isPrefix(wanted, candidate.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.<String>comparingInt(
                                candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
    }

    /// `; did you mean a, b or c?`, or nothing if no name is near.
    public static String hint(String name, Collection<String> known) {
        List<String> near = of(name, known);
        if (near.isEmpty()) {
            return "";
        }
        String others = String.join(", ", near.subList(0, near.size() - 1));
        return "; did you mean " + (others.isEmpty() ? "" : others + " or ") + near.getLast() + "?";
    }

    /// The error for a name that nothing of this kind has: `no data set is called 'digist'; did you mean 'digits'?`, or
    /// the known names where none is near.
    public static InvalidArgument unknown(String kind, String name, Collection<String> known) {
        List<String> near = of(name, known);
        String wayOut = near.isEmpty()
                ? "known: " + known.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + (known.size() > SHOWN ? " and " + (known.size() - SHOWN) + " more" : "")
                : "did you mean "
                        + near.stream().map(candidate -> "'" + candidate + "'").collect(Collectors.joining(" or "))
                        + "?";
        return new InvalidArgument("no " + kind + " is called '" + OneLine.of(name) + "'; " + wayOut);
    }

    private static boolean isPrefix(String wanted, String candidate) {
        return (wanted.length() >= 2 && candidate.startsWith(wanted))
                || (candidate.length() >= 2 && wanted.startsWith(candidate));
    }

    /// The least number of insertions, deletions, replacements and swaps of neighbours that make one text the other
    /// (optimal string alignment distance).
    static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (isSwap(from, i, to, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[to.length()];
    }

    private static boolean isSwap(String from, int i, String to, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
