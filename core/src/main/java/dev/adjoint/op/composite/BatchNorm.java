package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Batch normalisation with given statistics, as a trained network is used: y = (x − μ) / √(σ² + ε)·γ + β for each channel.
///
/// Operands are x `[N,C,…]`, the weight γ, the bias β, the mean μ and the variance σ², each `[C]`. Matches `batch_norm` of
/// PyTorch in evaluation. [BatchNormTraining] takes the statistics from the batch.
///
/// @param epsilon what is added to the variance, above 0
public record BatchNorm(double epsilon) implements Composite {
    public BatchNorm {
        FloatingLaw.positive("batchnorm: epsilon", epsilon);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 5);
        FloatingLaw.equalTypes(this, operands);
        Channels.check(this, operands);
        return List.of(operands.getFirst());
    }

    // The four statistics are joined first, so that only two passes over x are left.
    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.get(0);
        Tensor scale = operands.get(1).mul(operands.get(4).add(epsilon).rsqrt());
        Tensor centred = x.sub(Channels.along(operands.get(3), x.rank()));
        return centred.mul(Channels.along(scale, x.rank())).add(Channels.along(operands.get(2), x.rank()));
    }

    @Override
    public String formula() {
        return "(x − μ)/√(σ² + ε)·γ + β";
    }

    @Override
    public String onnx() {
        return "BatchNormalization";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new BatchNorm(1e-5))
                        .normal(2, 3)
                        .normal(3)
                        .normal(3)
                        .normal(3)
                        .uniform(0.5, 2, 3),
                Sample.of(new BatchNorm(0.1))
                        .normal(1, 2, 3)
                        .normal(2)
                        .normal(2)
                        .normal(2)
                        .uniform(0, 2, 2));
    }
}
