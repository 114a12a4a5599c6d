package dev.adjoint.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against published values (Abramowitz and Stegun; DLMF) and identities.
class SpecialFunctionsTest {
    private static final double EULER = 0.5772156649015329;
    private static final double APERY = 1.2020569031595942;
    private static final BigDecimal TWO_BY_ROOT_PI =
            new BigDecimal("1.12837916709551257389615890312154517168810125865799771368817144342128"
                    + "49368829868289734873204042147268860566958127234147034");

    private final SplittableRandom random = new SplittableRandom(231);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.5, 0.52049987781304653768",
        "1, 0.84270079294971486934",
        "1.5, 0.96610514647531072707",
        "2, 0.99532226501895273416",
        "3, 0.99997790950300141456"
    })
    void errorFunction(double x, double expected) {
        assertThat(SpecialFunctions.erf(x)).isCloseTo(expected, within(1e-15));
        assertThat(SpecialFunctions.erf(-x)).isCloseTo(-expected, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.15729920705028513066",
        "1.5, 0.033894853524689272934",
        "2, 0.0046777349810472658379",
        "3, 2.2090496998585441373e-05",
        "5, 1.5374597944280348502e-12",
        "10, 2.0884875837625447570e-45",
        "-2, 1.9953222650189527342"
    })
    void complement(double x, double expected) {
        assertThat(SpecialFunctions.erfc(x) / expected).isCloseTo(1, within(2e-14));
    }

    /// 2/√π·Σₙ (−1)ⁿ·x²ⁿ⁺¹/(n!·(2n + 1)) in 120 digits, of which at most 40 cancel (DLMF 7.6.1).
    private static BigDecimal exactErf(double x) {
        MathContext digits = new MathContext(120);
        BigDecimal square = new BigDecimal(x).pow(2);
        BigDecimal power = new BigDecimal(x);
        BigDecimal sum = power;
        for (int n = 1; n < 400; n++) {
            power = power.multiply(square, digits).divide(BigDecimal.valueOf(-n), digits);
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), digits), digits);
        }
        return sum.multiply(TWO_BY_ROOT_PI, digits);
    }

    private static double units(double result, BigDecimal exact) {
        return new BigDecimal(result).subtract(exact).abs().doubleValue() / Math.ulp(exact.doubleValue());
    }

    @Test
    void errorFunctionsToTheLastPlaces() {
        double worst = 0;
        double worstComplement = 0;
        for (int i = 0; i < 600; i++) {
            double x = i % 4 == 0
                    ? Math.scalb(random.nextDouble(-1, 1), random.nextInt(-40, 0))
                    : random.nextDouble(-9, 9);
            BigDecimal exact = exactErf(x);
            worst = Math.max(worst, units(SpecialFunctions.erf(x), exact));
            worstComplement =
                    Math.max(worstComplement, units(SpecialFunctions.erfc(x), BigDecimal.ONE.subtract(exact)));
        }
        assertThat(worst).isLessThan(3);
        assertThat(worstComplement).isLessThan(6);
    }

    @Test
    void endsOfTheErrorFunctions() {
        assertThat(SpecialFunctions.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(SpecialFunctions.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(SpecialFunctions.erfc(30)).isZero();
        assertThat(SpecialFunctions.erf(Double.NaN)).isNaN();
        assertThat(SpecialFunctions.erfc(Double.NaN)).isNaN();
        assertThat(SpecialFunctions.erf(1e-300)).isCloseTo(1.1283791670955126e-300, within(1e-314));
    }

    @Test
    void logarithmOfTheGammaFunctionIsThatOfFactorials() {
        double sum = 0;
        for (int n = 1; n < 100; n++) {
            sum += n > 1 ? Math.log(n - 1.0) : 0;
            assertThat(SpecialFunctions.lgamma(n)).as("%d", n).isCloseTo(sum, within(1e-14 * Math.max(1, sum)));
        }
        assertThat(SpecialFunctions.lgamma(0.5)).isCloseTo(0.5 * Math.log(Math.PI), within(1e-14));
        // Γ(−½) = −2√π.
        assertThat(SpecialFunctions.lgamma(-0.5)).isCloseTo(Math.log(2 * Math.sqrt(Math.PI)), within(1e-14));
        assertThat(SpecialFunctions.lgamma(-3)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(SpecialFunctions.lgamma(Double.NaN)).isNaN();
    }

    /// Legendre's duplication: Γ(x)·Γ(x + ½) = 2^(1−2x)·√π·Γ(2x).
    @Test
    void duplication() {
        for (int i = 0; i < 1000; i++) {
            double x = random.nextDouble(0.05, 60);
            double left = SpecialFunctions.lgamma(x) + SpecialFunctions.lgamma(x + 0.5);
            double right = (1 - 2 * x) * Math.log(2) + 0.5 * Math.log(Math.PI) + SpecialFunctions.lgamma(2 * x);
            assertThat(left).as("%s", x).isCloseTo(right, within(2e-14 * Math.max(1, Math.abs(right))));
        }
    }

    @Test
    void polygammaAtKnownPlaces() {
        assertThat(SpecialFunctions.polygamma(0, 1)).isCloseTo(-EULER, within(1e-14));
        assertThat(SpecialFunctions.polygamma(0, 0.5)).isCloseTo(-EULER - 2 * Math.log(2), within(1e-14));
        assertThat(SpecialFunctions.polygamma(1, 1)).isCloseTo(Math.PI * Math.PI / 6, within(1e-14));
        assertThat(SpecialFunctions.polygamma(1, 0.5)).isCloseTo(Math.PI * Math.PI / 2, within(1e-13));
        assertThat(SpecialFunctions.polygamma(2, 1)).isCloseTo(-2 * APERY, within(1e-13));
        assertThat(SpecialFunctions.polygamma(3, 1)).isCloseTo(Math.pow(Math.PI, 4) / 15, within(1e-12));
        assertThat(SpecialFunctions.polygamma(0, -2)).isNaN();
    }

    /// ψ⁽ⁿ⁾(1 − x) + (−1)ⁿ⁺¹·ψ⁽ⁿ⁾(x) = (−1)ⁿ·π·dⁿ/dxⁿ cot πx, here for n = 0 and 1.
    @Test
    void reflection() {
        for (int i = 0; i < 1000; i++) {
            double x = random.nextDouble(0.02, 0.98);
            double cotangent = 1 / Math.tan(Math.PI * x);
            assertThat(SpecialFunctions.polygamma(0, 1 - x) - SpecialFunctions.polygamma(0, x))
                    .isCloseTo(Math.PI * cotangent, within(1e-12 * Math.max(1, Math.abs(cotangent))));
            double sine = Math.sin(Math.PI * x);
            double squared = Math.PI * Math.PI / (sine * sine);
            assertThat(SpecialFunctions.polygamma(1, 1 - x) + SpecialFunctions.polygamma(1, x))
                    .isCloseTo(squared, within(1e-12 * squared));
        }
    }

    @Test
    void inverseHyperbolicFunctionsUndoTheOthers() {
        for (int i = 0; i < 1000; i++) {
            double x = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-30, 5));
            double scale = Math.abs(x) * 1e-14;
            assertThat(SpecialFunctions.asinh(Math.sinh(x))).isCloseTo(x, within(scale));
            double small = x / 16;
            assertThat(SpecialFunctions.atanh(Math.tanh(small))).isCloseTo(small, within(Math.abs(small) * 1e-13));
            double above = Math.abs(x) + 0.5;
            assertThat(SpecialFunctions.acosh(Math.cosh(above))).isCloseTo(above, within(1e-14 * above));
        }
        assertThat(SpecialFunctions.asinh(1e300)).isCloseTo(Math.log(2) + Math.log(1e300), within(1e-12));
        assertThat(SpecialFunctions.acosh(0.5)).isNaN();
        assertThat(SpecialFunctions.atanh(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(SpecialFunctions.atanh(2)).isNaN();
        assertThat(Math.copySign(1, SpecialFunctions.asinh(-0.0))).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"7, 3, 1, 1", "-7, 3, -1, 2", "7, -3, 1, -2", "-7, -3, -1, -1", "6, 3, 0, 0", "-5.5, 2, -1.5, 0.5"})
    void remaindersOfC_AndOfPython(double x, double y, double fmod, double remainder) {
        assertThat(SpecialFunctions.fmod(x, y)).isEqualTo(fmod);
        assertThat(SpecialFunctions.remainder(x, y)).isEqualTo(remainder);
    }
}
