package dev.adjoint.op;

/// Reads a scalar formula as arithmetic on 64-bit integers: the meaning of elementwise operators on integer types, after
/// the result is cut to its type. Functions of `java.lang.Math` go through double.
public final class Integers implements Scalars<Long> {
    private static final Numbers NUMBERS = new Numbers();

    /// Reads formulas; it holds nothing.
    public Integers() {}

    @Override
    public Long constant(double value) {
        return (long) value;
    }

    @Override
    public Long add(Long x, Long y) {
        return x + y;
    }

    @Override
    public Long sub(Long x, Long y) {
        return x - y;
    }

    @Override
    public Long mul(Long x, Long y) {
        return x * y;
    }

    /// Division towards zero; by zero it gives 0, so that no kernel can throw.
    @Override
    public Long div(Long x, Long y) {
        return y == 0 ? 0 : x / y;
    }

    @Override
    public Long neg(Long x) {
        return -x;
    }

    @Override
    public Long max(Long x, Long y) {
        return Math.max(x, y);
    }

    @Override
    public Long min(Long x, Long y) {
        return Math.min(x, y);
    }

    @Override
    public Long less(Long x, Long y) {
        return x < y ? 1L : 0L;
    }

    @Override
    public Long equal(Long x, Long y) {
        return x.longValue() == y.longValue() ? 1L : 0L;
    }

    @Override
    public Long select(Long condition, Long yes, Long no) {
        return condition != 0 ? yes : no;
    }

    @Override
    public Long bits(Bitwise.Operation operation, Long x, Long y) {
        return operation.apply(x, y);
    }

    @Override
    public Long math(String function, Long x) {
        return NUMBERS.math(function, x.doubleValue()).longValue();
    }

    @Override
    public Long math(String function, Long x, Long y) {
        return NUMBERS.math(function, x.doubleValue(), y.doubleValue()).longValue();
    }
}
