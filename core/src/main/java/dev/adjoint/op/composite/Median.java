package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The middle element along the given axes: y = x₍ₖ₎, k = ⌊(n − 1)/2⌋ in rising order; of an even number the lower of the
/// two in the middle, as in PyTorch. NaN if one is NaN, refused for no elements.
///
/// The element that is the median receives the cotangent; where several are equal, the one that a stable sort puts there.
public record Median(Axes axes) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return OrderStatistic.infer(this, operands, axes, DTypes.NUMERIC);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return OrderStatistic.of(operands.getFirst(), axes, sorted -> sorted.take(-1, (sorted.dim(-1) - 1) / 2));
    }

    @Override
    public String formula() {
        return "the middle of x in order";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Median(Axes.all())).normal(2, 3),
                Sample.of(new Median(Axes.of(0))).normal(5, 2),
                Sample.of(new Median(Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new Median(Axes.of(0, 2))).normal(2, 2, 2),
                Sample.of(new Median(Axes.all())).normal(),
                Sample.of(new Median(Axes.of(0))).with(new Sample.Operand(TensorType.of(DType.I64, 6), -2, 3)));
    }
}
