package dev.adjoint.testkit;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Sample.Operand;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/// The sizes of a sample's operands, to be changed. Which of the changed samples the operator takes is for its shape law to
/// say.
///
/// @param sample the sample
record Extents(Sample sample) {
    static Extents of(Sample sample) {
        return new Extents(sample);
    }

    /// Samples with one extent of one operand changed, or all extents of one size.
    Set<Sample> alone(LongUnaryOperator change) {
        Set<Sample> changed = together(change);
        for (int operand = 0; operand < sample.operands().size(); operand++) {
            TensorType type = sample.types().get(operand);
            for (int axis = 0; axis < type.rank(); axis++) {
                long extent = change.applyAsLong(type.dim(axis));
                List<Operand> operands = new ArrayList<>(sample.operands());
                operands.set(
                        operand,
                        with(operands.get(operand), type.withShape(type.shape().with(axis, extent))));
                changed.add(new Sample(sample.op(), operands));
            }
        }
        return changed;
    }

    /// Samples with all extents of one size changed.
    Set<Sample> together(LongUnaryOperator change) {
        Set<Long> sizes = new TreeSet<>();
        for (TensorType type : sample.types()) {
            for (int axis = 0; axis < type.rank(); axis++) {
                sizes.add(type.dim(axis));
            }
        }
        Set<Sample> changed = new LinkedHashSet<>();
        sizes.forEach(size -> changed.add(where(extent -> extent == size, change)));
        return changed;
    }

    /// The sample with every extent changed that satisfies a condition.
    Sample where(LongPredicate condition, LongUnaryOperator change) {
        List<Operand> operands = new ArrayList<>();
        for (Operand operand : sample.operands()) {
            TensorType type = operand.type();
            for (int axis = 0; axis < type.rank(); axis++) {
                if (condition.test(type.dim(axis))) {
                    type = type.withShape(type.shape().with(axis, change.applyAsLong(type.dim(axis))));
                }
            }
            operands.add(with(operand, type));
        }
        return new Sample(sample.op(), operands);
    }

    private static Operand with(Operand operand, TensorType type) {
        return new Operand(type, operand.low(), operand.high(), operand.structure());
    }
}
