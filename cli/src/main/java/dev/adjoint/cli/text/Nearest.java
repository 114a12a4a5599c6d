package dev.adjoint.cli.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The known names that a mistyped one most likely meant.
public final class Nearest {
    private static final int MOST = 3;

    private Nearest() {}

    /// At most three known names, the nearest first: at most a third of the letters inserted, left out, changed or
    /// swapped with their neighbour, or the one is the beginning of the other.
    public static List<String> of(String name, Collection<String> known) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> resembles(wanted, candidate.toLowerCase(Locale.ROOT)))
                .distinct()
                .sorted(Comparator.<String>comparingInt(c -> distance(wanted, c.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /// `; did you mean a, b or c?`, or nothing if no name resembles.
    public static String hint(String name, Collection<String> known) {
        List<String> near = of(name, known);
        if (near.isEmpty()) {
            return "";
        }
        String last = near.getLast();
        String others = String.join(", ", near.subList(0, near.size() - 1));
        return "; did you mean " + (others.isEmpty() ? last : others + " or " + last) + "?";
    }

    private static boolean resembles(String wanted, String candidate) {
        int longest = Math.max(wanted.length(), candidate.length());
        boolean begins = (wanted.length() > 2 && candidate.startsWith(wanted))
                || (candidate.length() > 2 && wanted.startsWith(candidate));
        return begins || distance(wanted, candidate) <= Math.max(1, longest / 3);
    }

    /// Optimal string alignment distance: insertions, deletions, changes and swaps of neighbours, one each.
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, d, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    @SuppressWarnings("TooManyParameters")
    private static int step(String a, String b, int[][] d, int i, int j) {
        int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + changed);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
