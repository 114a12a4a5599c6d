package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Batch normalisation with the statistics of the batch, as a network is trained: y = (x − x̄) / √(σ² + ε)·γ + β for each
/// channel, with mean and biased variance over all other axes.
///
/// Operands are x `[N,C,…]`, the weight γ `[C]` and the bias β `[C]`; results are y, the mean `[C]` and the biased variance
/// `[C]`. Every channel needs at least two numbers. Matches `batch_norm` of PyTorch in training. Source: Ioffe, Szegedy,
/// "Batch normalization", 2015.
///
/// @param epsilon what is added to the variance, above 0
public record BatchNormTraining(double epsilon) implements Composite {
    public BatchNormTraining {
        FloatingLaw.positive("batchnormtraining: epsilon", epsilon);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 3);
        FloatingLaw.equalTypes(this, operands);
        Channels.check(this, operands);
        TensorType x = operands.getFirst();
        if (Channels.others(x.rank()).size(x.shape()) < 2) {
            throw new ShapeMismatch(
                    name(),
                    operands,
                    "every channel needs at least two numbers to have a variance; use a larger batch, or evaluation");
        }
        return List.of(x, operands.get(1), operands.get(1));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return operands.getFirst().channelNorm(operands.get(1), operands.get(2), epsilon);
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        Axes others = Channels.others(x.rank());
        return List.of(expand(operands), x.mean(others), x.variance(others, 0));
    }

    @Override
    public String formula() {
        return "(x − x̄)/√(σ² + ε)·γ + β, x̄, σ²";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new BatchNormTraining(1e-3)).normal(4, 2).normal(2).normal(2),
                Sample.of(new BatchNormTraining(0.1))
                        .normal(2, 1, 2, 2)
                        .normal(1)
                        .normal(1),
                Sample.of(new BatchNormTraining(1e-3)).normal(3, 0).normal(0).normal(0));
    }
}
