package dev.adjoint.jvm;

import dev.adjoint.jvm.Emit.Slot;
import java.lang.classfile.TypeKind;
import java.util.Set;

/// Functions for results of at most 24 bits, without branches, tables or bit patterns, so that the compiler of the JVM makes
/// vector instructions of them: tanh in float arithmetic, the others in double. NaN stays NaN, and the ends of the range are
/// those of `java.lang.Math`.
///
/// After rounding to float, the largest errors over all 2³² arguments, in units in the last place of the exact result, and
/// the nanoseconds of an element, beside those of a loop that calls `Math` (one core with vectors of 512 bits):
///
/// | function | error | ns | by `Math` |
/// |---|---|---|---|
/// | exp | 0.513 | 0.6 | 3.0 |
/// | expm1 | 0.512 | 1.0 | |
/// | tanh | 1.402 | 0.2 | |
/// | erf | 0.549 | 0.5 | |
/// | log | 0.501 | 1.7 | 5.3 |
/// | log1p | 0.501 | 1.7 | 6.6 |
/// | sigmoid | 0.511 | 0.7 | |
/// | softplus | 0.513 | 3.2 | 20 |
///
/// Formulas of several of them in one operator are rounded once, at their end.
final class FloatFunctions {
    private static final Set<String> NAMES = Set.of("exp", "expm1", "tanh", "erf", "log", "log1p");

    /// e⁻⁷⁴⁶ rounds to 0 even as a double. Above, the polynomials grow to ∞ of themselves.
    private static final double LOWEST_EXPONENT = -746;

    /// |tanh 9.1| rounds to 1 as a float, and so does erf 3.94.
    private static final double TANH_SATURATION = 9.1;

    private static final double ERF_SATURATION = 3.94;

    /// K, of which the square is a float: with it no rounding of tanh is coarse where another is.
    private static final double TANH_SCALE = 1.7265625;

    /// (K·sinh x/x − K)/x², the closer the smaller x is: within 0.07 units of tanh in all.
    private static final double[] HYPERBOLIC_SINE = {
        0.287760347, 0.0143882222, 0.000342441985, 4.788767e-06, 4.02445259e-08, 3.94527522e-10
    };

    /// (eˣ − 1 − x)/x² within 9·10⁻¹² for |x| ≤ 0.102 and 2·10⁻¹⁰ for |x| ≤ 0.16, by the exchange algorithm of Remez.
    private static final double[] EXPONENTIAL = {
        0.500000000003982, 0.16666665756386526, 0.041666663818715775, 0.008336184868390347, 0.0013893834597621258
    };

    /// erf x/x as a quotient of polynomials of x², within 2.3·10⁻⁹ of it for |x| ≤ 3.94: of all quotients of these degrees
    /// about the closest. All coefficients are positive, so nothing cancels.
    private static final double[] ERF_NUMERATOR = {
        1.1283791696671472,
        0.19255397333336774,
        0.05561784267410077,
        0.004201438733941764,
        0.0004068839940550915,
        6.630463798804325e-06
    };

    private static final double[] ERF_DENOMINATOR = {
        1,
        0.5039799396004012,
        0.1172827541721326,
        0.01623071517064832,
        0.0014104156197158018,
        7.141001176132803e-05,
        2.513824256915983e-07
    };

    private final Emit e;

    private FloatFunctions(Emit e) {
        this.e = e;
    }

    static boolean has(String function) {
        return NAMES.contains(function);
    }

    /// The function of a scalar, which for tanh is a float whatever its kind.
    static Slot apply(String function, Emit emit, Slot x) {
        if (function.equals("tanh")) {
            Emit floats = emit.in(TypeKind.FLOAT);
            return new FloatFunctions(floats).tanh(floats.as(x, TypeKind.FLOAT));
        }
        Emit doubles = emit.in(TypeKind.DOUBLE);
        Slot wide = doubles.as(x, TypeKind.DOUBLE);
        FloatFunctions functions = new FloatFunctions(doubles);
        return switch (function) {
            case "exp" -> functions.exp(wide);
            case "expm1" -> functions.expm1(functions.atLeast(LOWEST_EXPONENT, wide));
            case "erf" -> functions.erf(wide);
            case "log" -> new FloatLogarithm(doubles).log(wide);
            case "log1p" -> new FloatLogarithm(doubles).log1p(wide);
            default -> throw new IllegalArgumentException(function);
        };
    }

    private Slot atLeast(double low, Slot x) {
        return e.max(e.constant(low), x);
    }

    /// (e^(x/2¹⁰))^(2¹⁰): a polynomial, then ten squarings, each of which doubles the relative error. Where the result is a
    /// float, that is on |x| ≤ 104, the polynomial is evaluated below 0.102.
    ///
    /// Fewer operations are worth more than fewer squarings: a loop of more than about forty is not made of vectors.
    private Slot exp(Slot x) {
        Slot small = e.mul(atLeast(LOWEST_EXPONENT, x), e.constant(0x1.0p-10));
        Slot power = e.fma(small, quotient(small), e.constant(1));
        for (int i = 0; i < 10; i++) {
            power = e.mul(power, power);
        }
        return power;
    }

    /// e^x − 1 from e^(x/2¹⁰) − 1 by u ← u·(u + 2), which keeps the digits of small numbers, and their sign.
    private Slot expm1(Slot x) {
        Slot small = e.mul(x, e.constant(0x1.0p-10));
        Slot u = e.mul(small, quotient(small));
        for (int i = 0; i < 10; i++) {
            u = e.mul(u, e.add(u, e.constant(2)));
        }
        return u;
    }

    /// s/√(K² + s²) with s = K·sinh x: an error of s counts 1/cosh² x times, so a short polynomial will do.
    private Slot tanh(Slot x) {
        Slot limited = e.min(e.constant(TANH_SATURATION), atLeast(-TANH_SATURATION, x));
        Slot square = e.mul(limited, limited);
        Slot rest = e.mul(e.mul(limited, square), polynomial(e, square, HYPERBOLIC_SINE));
        Slot s = e.fma(limited, e.constant(TANH_SCALE), rest);
        return overRoot(s, e.fma(s, s, e.constant(TANH_SCALE * TANH_SCALE)));
    }

    /// s/√v: first t = s·q with the rounded r = √v and q = 1/r, then less what the roundings of t and of r added,
    /// (t·r − s)·q + t·(v − r²)·q²/2. Written so that −0 stays.
    private Slot overRoot(Slot s, Slot v) {
        Slot r = e.as(e.sqrt(v), TypeKind.FLOAT);
        Slot q = e.div(e.constant(1), r);
        Slot t = e.mul(s, q);
        Slot half = e.mul(e.mul(e.constant(0.5), t), q);
        Slot ofRoot = e.fma(e.neg(r), r, v);
        return e.sub(t, e.mul(q, e.fma(half, ofRoot, e.fma(t, r, e.neg(s)))));
    }

    private Slot erf(Slot x) {
        Slot size = e.min(e.constant(ERF_SATURATION), e.abs(x));
        Slot square = e.mul(size, size);
        Slot quotient = e.div(polynomial(e, square, ERF_NUMERATOR), polynomial(e, square, ERF_DENOMINATOR));
        return e.mul(e.call("signum", x), e.mul(size, quotient));
    }

    /// (eˣ − 1)/x.
    private Slot quotient(Slot x) {
        return e.fma(x, polynomial(e, x, EXPONENTIAL), e.constant(1));
    }

    /// Σₖ cₖ·xᵏ by Horner's rule.
    static Slot polynomial(Emit e, Slot x, double... coefficients) {
        int last = coefficients.length - 1;
        Slot sum = e.constant(coefficients[last]);
        for (int k = last - 1; k >= 0; k--) {
            sum = e.fma(x, sum, e.constant(coefficients[k]));
        }
        return sum;
    }
}
