package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Local response normalisation across channels: y_c = x_c·(k + (α/n)·Σ_j x_j²)^(−β), where j runs over the n channels from
/// c − ⌊n/2⌋ to c + ⌊(n − 1)/2⌋, those that do not exist counting as 0.
///
/// The operand is `[N,C,…]`. Matches `local_response_norm` of PyTorch, which divides α by n. Source: Krizhevsky, Sutskever,
/// Hinton, "ImageNet classification with deep convolutional neural networks", 2012.
///
/// @param size the number n of channels that are summed over, at least 1
/// @param alpha the scale α
/// @param beta the exponent β
/// @param k what is added to the sum; above 0, so that nothing is divided by 0
public record LocalResponseNorm(long size, double alpha, double beta, double k) implements Composite {
    public LocalResponseNorm {
        FloatingLaw.positive("localresponsenorm: k", k);
        if (size < 1) {
            throw new InvalidArgument("localresponsenorm: there is at least 1 channel to sum over, not " + size);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        FloatingLaw.reduce(this, operands, Axes.all());
        if (operands.getFirst().rank() < 2) {
            throw new ShapeMismatch(name(), operands, "x must be [N,C,…]: axis 1 counts the channels");
        }
        return operands;
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        long channels = x.dim(1);
        Tensor squares = x.square().pad(1, size / 2, (size - 1) / 2);
        Tensor sum = squares.slice(1, 0, channels);
        for (long shift = 1; shift < size; shift++) {
            sum = sum.add(squares.slice(1, shift, shift + channels));
        }
        return x.mul(sum.mul(alpha / (double) size).add(k).pow(-beta));
    }

    @Override
    public String formula() {
        return "x·(k + (α/n)·Σ x²)^(−β)";
    }

    @Override
    public String onnx() {
        return "LRN";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new LocalResponseNorm(3, 0.5, 0.75, 1)).normal(2, 4),
                Sample.of(new LocalResponseNorm(2, 1, 0.5, 2)).normal(1, 3, 2),
                Sample.of(new LocalResponseNorm(5, 1e-4, 0.75, 1)).normal(1, 2, 2, 2),
                Sample.of(new LocalResponseNorm(3, 1, 1, 1)).normal(2, 0));
    }
}
