package dev.adjoint.op;

import dev.adjoint.op.reduction.Max;
import dev.adjoint.op.reduction.Min;
import dev.adjoint.op.reduction.Sum;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Operators that combine all elements along some axes into one: an associative `combine`, its identity, and the partial
/// derivative of the result by each element.
public sealed interface Reduction extends Primitive permits Sum, Max, Min {
    Axes axes();

    /// The axes replaced, for batching.
    Reduction withAxes(Axes axes);

    /// The associative operation.
    <S> S combine(Scalars<S> s, S accumulated, S x);

    /// What `combine` starts from.
    double identity(DType type);

    /// ∂y/∂x, broadcastable to x; y comes with the reduced axes kept as ones.
    Tensor partial(Tensor x, Tensor y);

    /// Whether no elements at all reduce to [#identity] (sum) or to a refusal (max).
    Empty empty();

    /// What becomes of a reduction over no elements.
    enum Empty {
        IDENTITY,
        REFUSED
    }

    @Override
    default List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType x = operands.getFirst();
        if (x.dtype() == DType.BOOL) {
            throw new DTypeMismatch(name(), operands, "defined for numbers only; convert with x.to(DType.I32)");
        }
        if (empty() == Empty.REFUSED && axes().size(x.shape()) == 0) {
            throw new ShapeMismatch(
                    name(),
                    operands,
                    "no elements along axes " + axes().in(x.shape()) + ", and " + name() + " of nothing has no value");
        }
        return List.of(x.withShape(axes().reduce(x.shape())));
    }

    @Override
    default List<Tensor> jvp(Call call, Tangents tangents) {
        Tensor weighted = tangents.of(0).mul(partial(call.x(), kept(call, call.out())));
        return List.of(weighted.sum(axes()));
    }

    @Override
    default Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        Tensor ct = kept(call, cotangents.getFirst());
        return ct.mul(partial(call.x(), kept(call, call.out())))
                .broadcastTo(call.x().shape());
    }

    private Tensor kept(Call call, Tensor reduced) {
        return reduced.reshape(axes().kept().reduce(call.x().shape()));
    }

    @Override
    default List<Tensor> batch(Batched operands) {
        Axes shifted =
                axes().behindBatch(operands.x().shape().part(1, operands.x().rank()));
        // No axes would mean all axes: reducing a scalar reduces nothing.
        return List.of(shifted.list().isEmpty() ? operands.x() : operands.x().apply(withAxes(shifted)));
    }
}
