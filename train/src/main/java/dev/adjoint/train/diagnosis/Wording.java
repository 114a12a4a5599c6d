package dev.adjoint.train.diagnosis;

import java.util.List;
import java.util.Locale;

/// Numbers and lists as people read them.
final class Wording {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final int NAMED = 3;

    private Wording() {}

    /// Three significant digits: `2.30`, `0.00101`, `7`, `1.5e-07`, `NaN`, `∞`.
    static String number(double x) {
        if (Double.isNaN(x)) {
            return "NaN";
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "∞" : "-∞";
        }
        double size = Math.abs(x);
        if (size != 0 && (size < 1e-3 || size >= 1e5)) {
            return String.format(Locale.ROOT, "%.1e", x);
        }
        if (x == Math.rint(x)) {
            return Long.toString((long) x);
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + decimals + "f", x);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.size() - 1) {
            amount /= 1024;
            unit++;
        }
        return number(amount) + " " + UNITS.get(unit);
    }

    /// The first names of a list, and how many more there are.
    static String names(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() <= NAMED ? shown : shown + " and " + (names.size() - NAMED) + " more";
    }
}
