package dev.adjoint.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers for people: six significant digits, no zeros at the end, powers of ten where the number is very large or small.
public final class Decimal {
    private static final MathContext SIX = new MathContext(6);
    private static final double SMALL = 1e-4;
    private static final double LARGE = 1e9;

    private Decimal() {}

    /// The number as text: `-12`, `0.731059`, `1.5e-07`, `NaN`, `∞`.
    public static String of(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(SIX).stripTrailingZeros();
        return size < SMALL || size >= LARGE ? scientific(rounded) : rounded.toPlainString();
    }

    private static String scientific(BigDecimal value) {
        String digits = value.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - value.scale();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String sign = value.signum() < 0 ? "-" : "";
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /// Bytes in the unit that keeps the number short: `512 B`, `1.5 MiB`.
    public static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < units.length - 1) {
            amount /= 1024;
            unit++;
        }
        String text = unit == 0 || amount >= 100
                ? Long.toString(Math.round(amount))
                : BigDecimal.valueOf(amount).setScale(1, RoundingMode.HALF_UP).toPlainString();
        return text + " " + units[unit];
    }
}
