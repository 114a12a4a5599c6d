package dev.adjoint.op;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.Stream;

/// Samples of elementwise operators, from their domains: a scalar, a single element, a matrix, no elements, broadcasting.
final class ElementwiseSamples {
    private static final List<long[]> SHAPES =
            List.of(new long[] {}, new long[] {1}, new long[] {2, 3}, new long[] {0, 2});

    private ElementwiseSamples() {}

    static List<Sample> of(Unary op) {
        return SHAPES.stream()
                .map(dims -> Sample.of(op).with(operand(op.accepts(), op.domain(), dims)))
                .toList();
    }

    static List<Sample> of(Binary op) {
        Stream<Sample> equal = SHAPES.stream().map(dims -> pair(op, dims, dims));
        Stream<Sample> broadcast = Stream.of(
                pair(op, new long[] {2, 3}, new long[] {3}),
                pair(op, new long[] {}, new long[] {2}),
                pair(op, new long[] {2, 1}, new long[] {1, 3}));
        return Stream.concat(equal, broadcast).toList();
    }

    static List<Sample> of(Select op) {
        return List.of(
                Sample.of(op).booleans(2, 3).normal(2, 3).normal(2, 3),
                Sample.of(op).booleans(2, 1).normal(3).normal(),
                Sample.of(op).booleans().normal(2).normal(2),
                Sample.of(op).booleans(0).normal(0).normal(0));
    }

    private static Sample pair(Binary op, long[] left, long[] right) {
        return Sample.of(op)
                .with(operand(op.accepts(), op.leftDomain(), left))
                .with(operand(op.accepts(), op.rightDomain(), right));
    }

    /// Numbers at a distance from the ends of the domain, where derivatives stay of moderate size.
    private static Sample.Operand operand(DTypes accepts, Domain domain, long[] dims) {
        if (accepts == DTypes.BOOLEAN) {
            return new Sample.Operand(TensorType.of(DType.BOOL, dims), 0, 2);
        }
        if (accepts == DTypes.INTEGER) {
            return new Sample.Operand(TensorType.of(DType.I64, dims), -40, 70);
        }
        double low = Double.isInfinite(domain.low()) ? -2 : domain.low() + 0.2;
        double high = Double.isInfinite(domain.high()) ? low + 4 : domain.high() - 0.2;
        return new Sample.Operand(TensorType.of(DType.F64, dims), low, high);
    }
}
