package dev.adjoint.testkit;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Domain;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Sample.Operand;
import dev.adjoint.op.Unary;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Tensors that belong to a key.
///
/// @param key the same key draws the same numbers
record Draw(Key key) {
    private static final double[] SPECIAL = {
        0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1.0, -1.0
    };
    private static final double SPECIAL_SHARE = 0.4;

    /// The operands of a sample, each in its range.
    List<Array> operands(Sample sample) {
        return IntStream.range(0, sample.operands().size())
                .mapToObj(i -> new Draw(key.fold(i)).operand(sample.operands().get(i)))
                .toList();
    }

    private Array operand(Operand operand) {
        TensorType type = operand.type();
        Elements elements = Elements.allocate(type.dtype(), type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, operand.element(i, key.uniform(i)));
        }
        return Array.of(type, elements);
    }

    /// Uniform numbers between two bounds; integers include `low` and exclude `high`.
    Array uniform(TensorType type, double low, double high) {
        return operand(new Operand(type, low, high));
    }

    /// Numbers between −1 and 1 for every type: directions and cotangents.
    List<Array> directions(List<TensorType> types) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> new Draw(key.fold(i)).uniform(types.get(i), -1, 1))
                .toList();
    }

    /// Operands of whatever types: numbers between 0.25 and 1.75, integers 0 and 1.
    List<Array> unfamiliar(List<TensorType> types) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> {
                    boolean floats = types.get(i).dtype().isFloating();
                    return new Draw(key.fold(i)).uniform(types.get(i), floats ? 0.25 : 0, floats ? 1.75 : 2);
                })
                .toList();
    }

    /// The operands of a sample with zeros, infinities, NaN, ones, and where the domain ends strewn into the floating ones.
    List<Array> specialOperands(Sample sample) {
        List<Array> plain = operands(sample);
        return IntStream.range(0, plain.size())
                .mapToObj(i -> new Draw(key.fold(1000 + i))
                        .strewn(
                                plain.get(i),
                                special(sample.op(), i, plain.get(i).dtype())))
                .toList();
    }

    private static double[] special(Op op, int operand, DType dtype) {
        DoubleStream edges = domains(op, operand).stream()
                .flatMapToDouble(domain -> DoubleStream.concat(
                        DoubleStream.of(domain.low(), domain.high()),
                        domain.kinks().stream().mapToDouble(kink -> kink)))
                .filter(Double::isFinite)
                .flatMap(edge -> {
                    double next = 2 * Coordinates.epsilon(dtype) * Math.max(1, Math.abs(edge));
                    return DoubleStream.of(edge, edge + next, edge - next);
                });
        return DoubleStream.concat(DoubleStream.of(SPECIAL), edges).toArray();
    }

    private static List<Domain> domains(Op op, int operand) {
        if (op instanceof Unary unary) {
            return List.of(unary.domain());
        }
        return op instanceof Binary binary
                ? List.of(operand == 0 ? binary.leftDomain() : binary.rightDomain())
                : List.of();
    }

    private Array strewn(Array x, double[] specials) {
        if (!x.dtype().isFloating()) {
            return x;
        }
        Elements elements = Elements.allocate(x.dtype(), x.elements().count());
        for (int i = 0; i < elements.count(); i++) {
            boolean special = key.uniform(2L * i) < SPECIAL_SHARE;
            int which = (int) (key.uniform(2L * i + 1) * specials.length);
            elements.set(i, special ? specials[which] : x.elements().get(i));
        }
        return Array.of(x.type(), elements);
    }

    /// Every element moved by a few units of rounding, up or down: of its own type, or of another to which the operand was
    /// rounded.
    List<Array> jittered(List<Array> operands, List<DType> roundings, double units) {
        return IntStream.range(0, operands.size())
                .mapToObj(i ->
                        new Draw(key.fold(i)).jittered(operands.get(i), units * Coordinates.epsilon(roundings.get(i))))
                .toList();
    }

    private Array jittered(Array x, double size) {
        if (!x.dtype().isFloating()) {
            return x;
        }
        Elements elements = Elements.allocate(x.dtype(), x.elements().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, x.elements().get(i) * (1 + (key.uniform(i) < 0.5 ? size : -size)));
        }
        return Array.of(x.type(), elements);
    }

    /// The operands of a sample with numbers from a grid of three in each range, so that many are equal: ties.
    List<Array> tiedOperands(Sample sample) {
        return IntStream.range(0, sample.operands().size())
                .mapToObj(i -> new Draw(key.fold(i)).tied(sample.operands().get(i)))
                .toList();
    }

    private Array tied(Operand operand) {
        TensorType type = operand.type();
        Elements elements = Elements.allocate(type.dtype(), type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            double drawn = key.uniform(i);
            boolean floats = type.dtype().isFloating();
            elements.set(i, operand.element(i, floats ? (1 + Math.floor(3 * drawn)) / 4 : drawn));
        }
        return Array.of(type, elements);
    }
}
