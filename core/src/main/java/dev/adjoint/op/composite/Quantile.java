package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The q-quantile along the given axes: the element at place q·(n − 1) in rising order, linearly interpolated between its
/// neighbours. NaN if one is NaN, refused for no elements. The default of `torch.quantile` and of `numpy.quantile`.
///
/// @param q between 0 (the smallest) and 1 (the largest)
/// @param axes the axes
public record Quantile(double q, Axes axes) implements Composite {
    public Quantile {
        if (!(q >= 0 && q <= 1)) {
            throw new InvalidArgument("a quantile lies between 0 and 1, not at " + q);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return OrderStatistic.infer(this, operands, axes, DTypes.FLOATING);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return OrderStatistic.of(operands.getFirst(), axes, this::interpolated);
    }

    private Tensor interpolated(Tensor sorted) {
        double place = q * (double) (sorted.dim(-1) - 1);
        long below = (long) place;
        Tensor low = sorted.take(-1, below);
        double weight = place - (double) below;
        return weight == 0 ? low : low.add(sorted.take(-1, below + 1).sub(low).mul(weight));
    }

    @Override
    public String formula() {
        return "x₍q·(n − 1)₎ in order";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Quantile(0.3, Axes.all())).normal(2, 3),
                Sample.of(new Quantile(0.5, Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new Quantile(1, Axes.of(0))).normal(3, 2),
                Sample.of(new Quantile(0.7, Axes.all())).normal());
    }
}
