package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Group normalisation: y = (x − x̄) / √(σ² + ε)·γ + β, with mean and biased variance over each group of channels of each
/// example.
///
/// Operands are x `[N,C,…]`, the weight γ `[C]` and the bias β `[C]`. One group is layer normalisation over all but the first
/// axis, C groups are instance normalisation. Matches `group_norm` of PyTorch. Source: Wu, He, "Group normalization", 2018.
///
/// @param groups into how many groups of equal size the channels are divided, at least 1
/// @param epsilon what is added to the variance, above 0
public record GroupNorm(long groups, double epsilon) implements Composite {
    public GroupNorm {
        FloatingLaw.positive("groupnorm: epsilon", epsilon);
        if (groups < 1) {
            throw new InvalidArgument("groupnorm: there is at least 1 group, not " + groups);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 3);
        FloatingLaw.equalTypes(this, operands);
        Channels.check(this, operands);
        long channels = operands.getFirst().dim(1);
        if (channels % groups != 0) {
            throw new ShapeMismatch(
                    name(),
                    operands,
                    channels + " channels cannot be divided into " + groups + " groups of equal size");
        }
        return List.of(operands.getFirst());
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        Shape inside = x.shape().part(2, x.rank());
        Shape grouped = Shape.of(x.dim(0), groups, x.dim(1) / groups).append(inside);
        Tensor standard = x.reshape(grouped)
                .standardize(TrailingAxes.of(1 + inside.rank()), epsilon)
                .reshape(x.shape());
        return standard.mul(Channels.along(operands.get(1), x.rank())).add(Channels.along(operands.get(2), x.rank()));
    }

    @Override
    public String formula() {
        return "(x − x̄)/√(σ² + ε)·γ + β";
    }

    @Override
    public String onnx() {
        return "GroupNormalization";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new GroupNorm(2, 1e-3)).normal(2, 4, 2).normal(4).normal(4),
                Sample.of(new GroupNorm(1, 1e-3)).normal(2, 3).normal(3).normal(3),
                Sample.of(new GroupNorm(2, 0.1)).normal(1, 2, 2, 2).normal(2).normal(2),
                Sample.of(new GroupNorm(1, 1e-3)).normal(2, 3, 0).normal(3).normal(3));
    }
}
