package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The cross entropy between scores and class indices, per example: yₙ = ln Σⱼ e^xₙⱼ − xₙ,cₙ. Derivative by the scores:
/// softmax(x) − one-hot(c).
///
/// Scores are `[…,C]`, class indices `[…]`. An index outside 0 … C − 1 belongs to no class and gives ln Σⱼ e^xₙⱼ; data
/// sets check their labels when they are read.
public record CrossEntropy() implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 2);
        TensorType scores = operands.get(0);
        TensorType labels = operands.get(1);
        if (scores.rank() < 1 || !scores.shape().leading(1).equals(labels.shape())) {
            throw new ShapeMismatch(
                    name(),
                    operands,
                    "scores […,classes] need class indices of shape […]: all axes but the last" + " must be equal");
        }
        if (!labels.dtype().isInteger()) {
            throw new DTypeMismatch(name(), operands, "class indices must be integers; convert with c.to(DType.I64)");
        }
        FloatingLaw.nonEmpty(this, List.of(scores), Axes.of(-1));
        return List.of(scores.withShape(labels.shape()));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.get(0);
        // Selected, not multiplied: a score of −∞ elsewhere must not turn into NaN.
        Tensor chosen = operands.get(1).oneHot(x.dim(-1), DType.BOOL).where(x, x.constant(0));
        return x.logSumExp(-1).sub(chosen.sum(-1));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        Tensor x = call.x();
        Tensor error = x.softmax(-1).sub(call.y().oneHot(x.dim(-1), x.dtype()));
        return Optional.of(error.mul(ct.expand(-1)));
    }

    @Override
    public String vanishes(int operand) {
        return "where the class has all the probability";
    }

    @Override
    public String formula() {
        return "ln Σⱼ e^xₙⱼ − xₙ,cₙ";
    }

    @Override
    public String onnx() {
        return "SoftmaxCrossEntropyLoss";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new CrossEntropy()).normal(3, 4).indices(4, 3),
                Sample.of(new CrossEntropy()).normal(4).indices(4),
                Sample.of(new CrossEntropy()).uniform(500, 1000, 2, 3).indices(3, 2));
    }
}
