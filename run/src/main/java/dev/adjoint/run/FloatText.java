package dev.adjoint.run;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.function.Function;

/// Floating numbers as NumPy prints those of one array: the fewest digits that tell a number from its neighbours, at
/// most eight behind the point, and points below each other; in powers of ten where plain digits would be long or lost.
///
/// The rules are those of NumPy's `FloatingFormat` with default print options.
final class FloatText {
    private static final int PRECISION = 8;
    private static final double LARGE = 1e8;
    private static final double SMALL = 1e-4;
    private static final double SPREAD = 1000;

    private final Elements elements;
    private final boolean inPowers;

    /// The most digits behind the point.
    private final int fraction;

    /// The digits of the longest power of ten, at least two.
    private final int powerDigits;

    private FloatText(Elements elements, int[] shown) {
        this.elements = elements;
        double[] sizes = Arrays.stream(shown)
                .mapToDouble(i -> Math.abs(elements.get(i)))
                .filter(size -> size > 0 && size < Double.POSITIVE_INFINITY)
                .toArray();
        double largest = Arrays.stream(sizes).max().orElse(1);
        double smallest = Arrays.stream(sizes).min().orElse(1);
        this.inPowers = largest >= LARGE || smallest < SMALL || largest / smallest > SPREAD;
        Function<BigDecimal, BigDecimal> cut = inPowers ? FloatText::mantissa : FloatText::rounded;
        this.fraction = Arrays.stream(shown)
                .filter(i -> Double.isFinite(elements.get(i)))
                .map(i -> cut.apply(digits(i)).scale())
                .max()
                .orElse(0);
        int longest = Math.max(Math.abs(power(new BigDecimal(largest))), Math.abs(power(new BigDecimal(smallest))));
        this.powerDigits = longest >= 100 ? 3 : 2;
    }

    /// @param shown the indices that are printed, which alone decide on the form
    static FloatText of(Elements elements, int[] shown) {
        return new FloatText(elements, shown);
    }

    /// One number, without the blanks before it.
    String text(int index) {
        double value = elements.get(index);
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        String sign = Math.copySign(1, value) < 0 ? "-" : "";
        return sign + (inPowers ? powers(digits(index)) : plain(digits(index)));
    }

    /// The shortest digits that read back as the same number, without its sign.
    private BigDecimal digits(int index) {
        double value = Math.abs(elements.get(index));
        return new BigDecimal(elements.dtype() == DType.F64 ? Double.toString(value) : Float.toString((float) value));
    }

    private String plain(BigDecimal number) {
        BigDecimal rounded = rounded(number);
        String text = rounded.toPlainString() + (rounded.scale() == 0 ? "." : "");
        return text + " ".repeat(fraction - rounded.scale());
    }

    private String powers(BigDecimal number) {
        String mantissa = mantissa(number).setScale(fraction).toPlainString() + (fraction == 0 ? "." : "");
        int power = number.signum() == 0 ? 0 : power(number);
        // 9.999999996 rounds to 10: one digit before the point stays one.
        if (mantissa.startsWith("10.")) {
            mantissa = "1." + mantissa.substring(3);
            power++;
        }
        String digits = "0".repeat(powerDigits) + Math.abs(power);
        return mantissa + (power < 0 ? "e-" : "e+") + digits.substring(digits.length() - powerDigits);
    }

    private static int power(BigDecimal number) {
        return number.precision() - number.scale() - 1;
    }

    private static BigDecimal mantissa(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : rounded(number.movePointLeft(power(number)));
    }

    /// At most eight digits behind the point, and no zeros at the end.
    private static BigDecimal rounded(BigDecimal number) {
        BigDecimal cut = number.scale() > PRECISION ? number.setScale(PRECISION, RoundingMode.HALF_EVEN) : number;
        BigDecimal bare = cut.signum() == 0 ? new BigDecimal(BigInteger.ZERO) : cut.stripTrailingZeros();
        return bare.scale() < 0 ? bare.setScale(0) : bare;
    }
}
