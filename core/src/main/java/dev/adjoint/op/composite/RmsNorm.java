package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Normalisation by the root of the mean square: y = x / √((1/n)·Σᵢ xᵢ² + ε)·γ over the last axes, those that γ has.
///
/// Operands are x `[…,D]` and the weight γ `[D]`, where D is one axis or several. Matches `rms_norm` of PyTorch. Source:
/// Zhang, Sennrich, "Root mean square layer normalization", 2019.
///
/// @param epsilon what is added to the mean square, above 0
public record RmsNorm(double epsilon) implements Composite {
    public RmsNorm {
        FloatingLaw.positive("rmsnorm: epsilon", epsilon);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 2);
        FloatingLaw.equalTypes(this, operands);
        TrailingAxes.check(this, operands);
        return List.of(operands.getFirst());
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.get(0);
        Tensor weight = operands.get(1);
        Tensor square = x.square().mean(TrailingAxes.of(weight.rank()).kept());
        return x.mul(square.add(epsilon).rsqrt()).mul(weight);
    }

    /// One more leading axis. A weight that has it itself is applied behind.
    @Override
    public Optional<List<Tensor>> batch(Batched operands) {
        if (!operands.isMapped(1)) {
            return Optional.of(
                    List.of(operands.x().apply(this, operands.operands().get(1))));
        }
        Tensor y = operands.x().rmsNorm(TrailingAxes.ones(operands), epsilon);
        Tensor weight = operands.operands().get(1);
        List<Tensor> all = new Batched(List.of(y, weight), operands.mapped(), operands.size()).aligned();
        return Optional.of(List.of(all.get(0).mul(all.get(1))));
    }

    @Override
    public String formula() {
        return "x/√((1/n)·Σ x² + ε)·γ";
    }

    @Override
    public String onnx() {
        return "RMSNormalization";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RmsNorm(1e-5)).normal(2, 4).normal(4),
                Sample.of(new RmsNorm(1e-3)).normal(2, 3, 2).normal(3, 2),
                Sample.of(new RmsNorm(1e-3)).normal(3).normal(3),
                Sample.of(new RmsNorm(1e-3)).normal(0, 3).normal(3));
    }
}
