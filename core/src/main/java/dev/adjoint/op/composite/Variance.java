package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The variance along the given axes: y = Σᵢ (xᵢ − x̄)² / (n − correction); NaN where n − correction is not positive.
///
/// The mean is subtracted before squaring, so large means cost no digits. Correction 0 is the variance of a population,
/// correction 1 the unbiased estimate from a sample (Bessel).
///
/// @param axes the axes
/// @param correction what is subtracted from the number of elements, at least 0
public record Variance(Axes axes, long correction) implements Composite {
    public Variance {
        if (correction < 0) {
            throw new InvalidArgument("a variance needs a correction of at least 0, not " + correction);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return FloatingLaw.reduce(this, operands, axes);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        double divisor = (double) Math.max(0, axes.size(x.shape()) - correction);
        return x.sub(x.mean(axes.kept())).square().sum(axes).div(divisor);
    }

    @Override
    public String formula() {
        return "Σᵢ (xᵢ − x̄)² / (n − correction)";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Variance(Axes.all(), 0)).normal(2, 3),
                Sample.of(new Variance(Axes.of(-1).kept(), 1)).normal(2, 3),
                Sample.of(new Variance(Axes.of(0), 1)).normal(4, 2));
    }
}
