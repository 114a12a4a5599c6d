package dev.adjoint.op;

import dev.adjoint.tensor.AdjointException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Every operator there is. Nothing is registered: sealed families list their members.
public final class Catalog {
    private Catalog() {}

    /// The operator classes, family by family.
    public static List<Class<? extends Op>> operators() {
        return members(Op.class).map(Catalog::operator).toList();
    }

    private static Class<? extends Op> operator(Class<?> type) {
        return type.asSubclass(Op.class);
    }

    private static Stream<Class<?>> members(Class<?> type) {
        if (type.isRecord()) {
            return Stream.of(type);
        }
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of() : Arrays.stream(permitted).flatMap(Catalog::members);
    }

    /// The operator classes by printed name.
    public static Map<String, Class<? extends Op>> named() {
        Map<String, Class<? extends Op>> named = new LinkedHashMap<>();
        operators().forEach(op -> named.put(name(op), op));
        return named;
    }

    /// The printed name of an operator class.
    public static String name(Class<? extends Op> op) {
        return op.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /// The family of an operator class: the sealed interface right above it.
    public static String family(Class<? extends Op> op) {
        return op.getInterfaces()[0].getSimpleName();
    }

    /// The operator's samples: what its static method `samples()` states, or what its family derives from its domain. Those
    /// of [Control] operators need graphs and stand in [dev.adjoint.transform.ControlSamples]; here they have none.
    ///
    /// @throws AdjointException if an operator with attributes states none
    public static List<Sample> samples(Class<? extends Op> op) {
        if (Control.class.isAssignableFrom(op)) {
            return List.of();
        }
        try {
            @SuppressWarnings("unchecked")
            List<Sample> stated = (List<Sample>) op.getMethod("samples").invoke(null);
            return stated;
        } catch (NoSuchMethodException e) {
            return derived(construct(op));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AdjointException("the samples of " + name(op) + " cannot be read", e);
        }
    }

    private static Op construct(Class<? extends Op> op) {
        try {
            return op.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AdjointException(name(op) + " has attributes and must state samples()", e);
        }
    }

    private static List<Sample> derived(Op op) {
        return switch (op) {
            case Unary unary -> ElementwiseSamples.of(unary);
            case Binary binary -> ElementwiseSamples.of(binary);
            case Select select -> ElementwiseSamples.of(select);
            case Reduction _,
                    Contraction _,
                    Movement _,
                    Indexing _,
                    Factorization _,
                    Source _,
                    CustomOp _,
                    Composite _,
                    Control _ -> throw new AdjointException(op.name() + " must state samples()");
        };
    }
}
