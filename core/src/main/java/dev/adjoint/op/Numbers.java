package dev.adjoint.op;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads a scalar formula as arithmetic on doubles: the meaning of every elementwise operator on floating types.
public final class Numbers implements Scalars<Double> {
    private static final Map<String, MethodHandle> UNARY = functions(MethodType.methodType(double.class, double.class));
    private static final Map<String, MethodHandle> BINARY =
            functions(MethodType.methodType(double.class, double.class, double.class));

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
    public Double bits(Bitwise.Operation operation, Double x, Double y) {
        throw new IllegalStateException("only integers have bits");
    }

    @Override
    public Double math(String function, Double x) {
        try {
            return (double) find(UNARY, function).invokeExact((double) x);
        } catch (Throwable e) {
            throw new IllegalStateException("Math." + function + " failed", e);
        }
    }

    @Override
    public Double math(String function, Double x, Double y) {
        try {
            return (double) find(BINARY, function).invokeExact((double) x, (double) y);
        } catch (Throwable e) {
            throw new IllegalStateException("Math." + function + " failed", e);
        }
    }

    private static MethodHandle find(Map<String, MethodHandle> functions, String name) {
        MethodHandle function = functions.get(name);
        if (function == null) {
            throw new IllegalStateException("no function of doubles is called " + name);
        }
        return function;
    }

    /// The class that holds a function of doubles: `java.lang.Math`, or [SpecialFunctions] for those that it lacks.
    public static Class<?> owner(String function, int arity) {
        boolean special = Arrays.stream(SpecialFunctions.class.getMethods())
                .anyMatch(method -> method.getName().equals(function) && method.getParameterCount() == arity);
        return special ? SpecialFunctions.class : Math.class;
    }

    /// The functions of one type, looked up once.
    private static Map<String, MethodHandle> functions(MethodType type) {
        Map<String, MethodHandle> functions = new HashMap<>();
        List<Method> methods = Stream.of(Math.class, SpecialFunctions.class)
                .flatMap(owner -> Arrays.stream(owner.getMethods()))
                .toList();
        for (Method method : methods) {
            MethodType own = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
            if (own.equals(type)) {
                try {
                    functions.put(method.getName(), MethodHandles.publicLookup().unreflect(method));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(method + " is public", e);
                }
            }
        }
        return Map.copyOf(functions);
    }
}
