package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Zero mean and unit variance along the given axes: y = (x − x̄) / √(σ² + ε), with the biased variance σ² = (1/n)·Σᵢ (xᵢ − x̄)².
///
/// Derivative: dx = (ct − mean(ct) − y·mean(ct·y)) / √(σ² + ε). Layer, group, instance and batch normalisation are this over
/// different axes.
///
/// @param axes the axes that are averaged over
/// @param epsilon what is added to the variance, above 0
public record Standardize(Axes axes, double epsilon) implements Composite {
    public Standardize {
        FloatingLaw.positive("standardize: epsilon", epsilon);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        FloatingLaw.reduce(this, operands, axes);
        return operands;
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        return x.sub(x.mean(axes.kept())).mul(scale(x));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        return Optional.of(backward(call.x(), call.out(), ct));
    }

    /// dx for the result y and its cotangent.
    Tensor backward(Tensor x, Tensor y, Tensor ct) {
        Tensor along = y.mul(ct.mul(y).mean(axes.kept()));
        return ct.sub(ct.mean(axes.kept())).sub(along).mul(scale(x));
    }

    private Tensor scale(Tensor x) {
        return x.variance(axes.kept(), 0).add(epsilon).rsqrt();
    }

    @Override
    public String formula() {
        return "(x − x̄)/√(σ² + ε)";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Standardize(Axes.all(), 1e-5)).normal(2, 3),
                Sample.of(new Standardize(Axes.of(-1), 0.1)).normal(2, 4),
                Sample.of(new Standardize(Axes.of(0, 2), 1e-5)).normal(3, 2, 2),
                Sample.of(new Standardize(Axes.of(0), 0.5)).normal(1, 2),
                Sample.of(new Standardize(Axes.of(1), 1e-5)).normal(2, 0));
    }
}
