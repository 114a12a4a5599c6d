package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The logarithm of a sum of exponentials along the given axes: y = ln Σᵢ e^xᵢ. Derivative: ∂y/∂xᵢ = e^(xᵢ − y).
///
/// Elements at −∞ add nothing and receive nothing. Where all are −∞, the sum is 0, y is −∞ and all derivatives are defined
/// as 0: no term of the sum moves. Sums over paths of which none is possible, as in hidden Markov models and CTC, rely on it.
public record LogSumExp(Axes axes) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return FloatingLaw.nonEmpty(this, operands, axes);
    }

    // Subtracting the maximum first keeps every exponent at most zero, so nothing overflows; an infinite maximum would
    // turn into NaN and is replaced by zero. An empty sum is replaced before the logarithm, whose slope there is
    // infinite.
    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        Tensor max = x.max(axes.kept()).stopGradient();
        Tensor finite = max.abs().lt(Double.POSITIVE_INFINITY).where(max, max.zerosLike());
        Tensor sum = x.sub(finite).exp().sum(axes.kept());
        Tensor nothing = sum.eq(0);
        Tensor log = nothing.where(x.constant(1), sum).log().add(finite);
        return nothing.where(x.constant(Double.NEGATIVE_INFINITY), log).reshape(axes.reduce(x.shape()));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        Shape kept = axes.kept().reduce(call.x().shape());
        Tensor y = call.out().reshape(kept);
        Tensor weight = call.x()
                .sub(y.eq(Double.NEGATIVE_INFINITY).where(y.constant(0), y))
                .exp();
        return Optional.of(weight.mul(ct.reshape(kept)));
    }

    @Override
    public String vanishes(int operand) {
        return "to elements far below the largest";
    }

    @Override
    public String formula() {
        return "ln Σᵢ e^xᵢ";
    }

    @Override
    public String onnx() {
        return "ReduceLogSumExp";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new LogSumExp(Axes.all())).normal(2, 3),
                Sample.of(new LogSumExp(Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new LogSumExp(Axes.of(0))).uniform(500, 1000, 3));
    }
}
