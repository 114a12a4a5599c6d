package dev.adjoint.jvm;

import dev.adjoint.jvm.Emit.Slot;
import java.lang.classfile.TypeKind;

/// Logarithms for results of at most 24 bits: ln x = k·ln 2 + 2·artanh((x − 2ᵏ)/(x + 2ᵏ)), with 2ᵏ the power of two next to x.
///
/// The JVM makes no vector instructions of the bits of numbers, so that both 2ᵏ and k are got by arithmetic: 2ᵏ is x rounded
/// to one bit, and k is the rounded logarithm of 2ᵏ, of which nothing but the size of the error matters.
///
/// @param e where instructions go, in double arithmetic
record FloatLogarithm(Emit e) {
    private static final double LN2 = 0.6931471805599453;
    private static final double LARGEST = Float.MAX_VALUE;

    /// Nothing beside any denominator but 0.
    private static final double TINY = 0x1.0p-1000;

    /// x·(2⁵² + 1): to subtract it from x and to add it again leaves one bit of x.
    private static final double SPLIT = 0x1.0000000000001p52;

    /// 2·artanh(t)/t as a polynomial of t², within 3·10⁻¹¹ of it for |t| ≤ 1/5, by the exchange algorithm of Remez.
    private static final double[] ARTANH = {
        2, 0.6666666309892832, 0.4000086087882276, 0.2850710077503761, 0.24099175450089286
    };

    /// 128·log₂ s ≈ c₀/s + c₁ + c₂s + c₃s² + c₄s³ within 0.14 for s from 2^(−150/128) to 2; −∞ at 0.
    private static final double[] EXPONENT = {-41.50828112, -166.79386171, 286.64519519, -92.16474735, 13.89252141};

    private static final int ROOTS = 7;

    /// Keeps a power of two below the largest float, and moves logarithms by less than a sixth; half of that is in c₁.
    private static final double BELOW = 0.9;

    /// Added and subtracted, it rounds a small float to a whole number.
    private static final float ROUNDING = 0x1.8p23f;

    /// ln x; −∞ at 0, NaN below.
    Slot log(Slot x) {
        Slot finite = e.min(e.constant(LARGEST), x);
        Slot power = oneBit(finite);
        Slot logarithm = sum(power, e.sub(finite, power), e.add(finite, power));
        return e.sub(logarithm, e.sub(finite, x));
    }

    /// ln(1 + x), from x − (2ᵏ − 1) instead of (1 + x) − 2ᵏ: small numbers keep their digits, and their sign.
    Slot log1p(Slot x) {
        Slot finite = e.min(e.constant(LARGEST), x);
        Slot above = e.add(finite, e.constant(1));
        Slot power = oneBit(above);
        Slot difference = e.sub(finite, e.sub(power, e.constant(1)));
        Slot logarithm = sum(power, difference, e.add(above, power));
        // A number less itself is +0, which changes no bit when it is subtracted; ∞ comes back.
        return e.sub(logarithm, e.sub(finite, x));
    }

    /// 2ᵏ with x/2ᵏ between ¾ and 3⁄2: x rounded to one bit (Veltkamp 1968).
    private Slot oneBit(Slot x) {
        Slot large = e.mul(x, e.constant(SPLIT));
        return e.add(e.sub(x, large), large);
    }

    /// k·ln 2 + 2·artanh(difference/sum).
    private Slot sum(Slot power, Slot difference, Slot sum) {
        Slot t = e.div(difference, e.add(sum, e.constant(TINY)));
        Slot artanh = e.mul(t, FloatFunctions.polynomial(e, e.mul(t, t), ARTANH));
        return e.fma(e.as(minusExponent(power), TypeKind.DOUBLE), e.constant(-LN2), artanh);
    }

    /// −k of 2ᵏ, +0 for k = 0 and ∞ for 2ᵏ = 0, in float arithmetic: of the 128th root of 2ᵏ, which is near 1.
    private Slot minusExponent(Slot power) {
        Emit floats = e.in(TypeKind.FLOAT);
        Slot root = e.as(e.mul(power, e.constant(BELOW)), TypeKind.FLOAT);
        for (int i = 0; i < ROOTS; i++) {
            root = e.as(e.math("sqrt", root), TypeKind.FLOAT);
        }
        Slot rising = FloatFunctions.polynomial(floats, root, EXPONENT[1], EXPONENT[2], EXPONENT[3], EXPONENT[4]);
        Slot inverse = floats.div(floats.constant(1), root);
        Slot exponent = floats.fma(inverse, floats.constant(EXPONENT[0]), rising);
        return floats.sub(floats.sub(floats.constant(ROUNDING), exponent), floats.constant(ROUNDING));
    }
}
