package dev.adjoint.cli.expression;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Catalog;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Op;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.DType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The functions of the expression language: every elementwise operator of one or two numbers that has a derivative and
/// no attributes, under its printed name, and a few under the name that mathematics gives them.
final class FunctionTable {
    private static final Map<String, String> ALSO =
            Map.of("σ", "sigmoid", "ln", "log", "max", "maximum", "min", "minimum");

    private final Map<String, Elementwise> functions = new TreeMap<>();

    FunctionTable() {
        Catalog.named().forEach((name, type) -> construct(type).ifPresent(op -> functions.put(name, op)));
        ALSO.forEach((also, name) -> find(name).ifPresent(op -> functions.put(also, op)));
    }

    Optional<Elementwise> find(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    Set<String> names() {
        return functions.keySet();
    }

    private static Optional<Elementwise> construct(Class<? extends Op> type) {
        boolean oneOrTwo = Unary.class.isAssignableFrom(type) || Binary.class.isAssignableFrom(type);
        if (!oneOrTwo || type.getRecordComponents().length > 0) {
            return Optional.empty();
        }
        try {
            Elementwise op = (Elementwise) type.getDeclaredConstructor().newInstance();
            boolean fits =
                    op.accepts().contains(DType.F64) && op.withoutDerivative().isEmpty();
            return fits ? Optional.of(op) : Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new AdjointException("the operator " + type.getSimpleName() + " cannot be built", e);
        }
    }
}
