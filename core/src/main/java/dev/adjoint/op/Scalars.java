package dev.adjoint.op;

/// The arithmetic in which scalar formulas are written. One formula, several readings: numbers ([Numbers]), integers
/// ([Integers]), JVM instructions, vector instructions, printed mathematics.
///
/// Conditions are scalars too: 1 for true, 0 for false.
///
/// @param <S> what a scalar is in this reading
public interface Scalars<S> {
    S constant(double value);

    S add(S x, S y);

    S sub(S x, S y);

    S mul(S x, S y);

    S div(S x, S y);

    S neg(S x);

    /// The larger operand; NaN if one of them is NaN.
    S max(S x, S y);

    /// The smaller operand; NaN if one of them is NaN.
    S min(S x, S y);

    S less(S x, S y);

    S equal(S x, S y);

    /// `yes` where the condition is not 0, else `no`.
    S select(S condition, S yes, S no);

    /// A function of `java.lang.Math` or [SpecialFunctions] by its name, over doubles.
    S math(String function, S x);

    /// A function of `java.lang.Math` or [SpecialFunctions] of two doubles by its name.
    S math(String function, S x, S y);

    /// An operation on the bits of integers.
    S bits(Bitwise.Operation operation, S x, S y);

    default S abs(S x) {
        return max(x, neg(x));
    }

    /// −1, 0 or 1; NaN and both zeros stay what they are.
    default S sign(S x) {
        S zero = constant(0);
        return select(less(x, zero), constant(-1), select(less(zero, x), constant(1), x));
    }

    default S exp(S x) {
        return math("exp", x);
    }

    default S log(S x) {
        return math("log", x);
    }

    default S sqrt(S x) {
        return math("sqrt", x);
    }

    default S not(S condition) {
        return equal(condition, constant(0));
    }
}
