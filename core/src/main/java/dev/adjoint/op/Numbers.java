package dev.adjoint.op;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Reads a scalar formula as arithmetic on doubles: the meaning of every elementwise operator on floating types.
public final class Numbers implements Scalars<Double> {
    private static final MethodType UNARY = MethodType.methodType(double.class, double.class);
    private static final MethodType BINARY = MethodType.methodType(double.class, double.class, double.class);

    /// Reads formulas; it holds nothing.
    public Numbers() {}

    @Override
    public Double constant(double value) {
        return value;
    }

    @Override
    public Double add(Double x, Double y) {
        return x + y;
    }

    @Override
    public Double sub(Double x, Double y) {
        return x - y;
    }

    @Override
    public Double mul(Double x, Double y) {
        return x * y;
    }

    @Override
    public Double div(Double x, Double y) {
        return x / y;
    }

    @Override
    public Double neg(Double x) {
        return -x;
    }

    @Override
    public Double max(Double x, Double y) {
        return Math.max(x, y);
    }

    @Override
    public Double min(Double x, Double y) {
        return Math.min(x, y);
    }

    @Override
    public Double less(Double x, Double y) {
        return x < y ? 1.0 : 0.0;
    }

    @Override
    public Double equal(Double x, Double y) {
        return x.doubleValue() == y.doubleValue() ? 1.0 : 0.0;
    }

    @Override
    public Double select(Double condition, Double yes, Double no) {
        return condition != 0 ? yes : no;
    }

    @Override
    public Double math(String function, Double x) {
        return call(function, UNARY, x);
    }

    @Override
    public Double math(String function, Double x, Double y) {
        return call(function, BINARY, x, y);
    }

    private static double call(String function, MethodType type, Object... arguments) {
        try {
            MethodHandle handle = MethodHandles.publicLookup().findStatic(Math.class, function, type);
            return (double) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("java.lang.Math has no function " + function + type, e);
        }
    }
}
