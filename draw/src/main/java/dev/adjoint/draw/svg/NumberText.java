package dev.adjoint.draw.svg;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as short words, with a real minus sign.
public final class NumberText {
    private NumberText() {}

    /// Two decimals as in course notes, 0.73 and −2.00; numbers below 0.1 keep two significant digits, 0.0025, and
    /// numbers that would be long are written with a power of ten, 1.23e7.
    public static String twoDecimals(double number) {
        double size = Math.abs(number);
        if (!Double.isFinite(number)) {
            return special(number);
        }
        if (size != 0 && size < 0.095) {
            return size < 1e-4 ? scientific(number, 2) : significant(number, 2);
        }
        return size >= 99_999.995
                ? scientific(number, 3)
                : minus(BigDecimal.valueOf(number + 0.0)
                        .setScale(2, RoundingMode.HALF_EVEN)
                        .toPlainString());
    }

    /// At most so many significant digits, without zeros at the end: 2, 0.05, 3.142, 1e−9.
    public static String significant(double number, int digits) {
        double size = Math.abs(number);
        if (!Double.isFinite(number)) {
            return special(number);
        }
        if (size != 0 && (size < 1e-4 || size >= 1e7)) {
            return scientific(number, digits);
        }
        BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(digits));
        return minus(rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
    }

    private static String scientific(double number, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(digits));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String factor = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return minus(factor + "e" + exponent);
    }

    private static String special(double number) {
        return Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "−∞";
    }

    private static String minus(String number) {
        return number.replace('-', '−');
    }

    /// A coordinate: at most two decimals.
    static String coordinate(double number) {
        String text = String.format(Locale.ROOT, "%.2f", number + 0.0);
        String shorter = text.replaceAll("\\.?0+$", "");
        return shorter.equals("-0") ? "0" : shorter;
    }

    /// Bytes in the largest binary unit that leaves at least 1: 48 B, 1.5 KiB, 12 MiB.
    public static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < units.length - 1) {
            amount /= 1024;
            unit++;
        }
        return significant(amount, amount < 1000 ? 3 : 4) + " " + units[unit];
    }
}
