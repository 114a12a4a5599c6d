package dev.adjoint.op;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Operators that treat every element alike: a scalar formula, and the partial derivative by each operand.
///
/// Operands broadcast. Forward mode multiplies the tangent by the partial; reverse mode multiplies the cotangent by the
/// same partial and sums over the axes along which the operand was repeated.
public sealed interface Elementwise extends Primitive permits Unary, Binary, Select {
    /// The scalar formula over the operands, in any reading of [Scalars].
    <S> S compute(Scalars<S> s, List<S> operands);

    /// The partial derivative by one operand, broadcastable to the result.
    Tensor partial(Call call, int operand);

    /// How many operands the formula takes.
    int arity();

    /// The element types that the formula is defined for.
    DTypes accepts();

    /// The element type of the result.
    default DType resultType(List<DType> operands) {
        return operands.getLast();
    }

    @Override
    default List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, arity());
        checkTypes(operands);
        return List.of(new TensorType(
                resultType(operands.stream().map(TensorType::dtype).toList()), Broadcasting.shape(name(), operands)));
    }

    private void checkTypes(List<TensorType> operands) {
        DType first = operands.getLast().dtype();
        for (TensorType operand : operands.subList(typedFrom(), operands.size())) {
            if (operand.dtype() != first) {
                throw new DTypeMismatch(
                        name(),
                        operands,
                        "element types must be equal; convert one side, for instance x.to(DType."
                                + first.promotedWith(operand.dtype()).name() + ")");
            }
            if (!accepts().contains(operand.dtype())) {
                throw new DTypeMismatch(
                        name(), operands, "defined for " + accepts().describe() + " only");
            }
        }
    }

    /// The first operand whose element type takes part in the law of equal types.
    default int typedFrom() {
        return 0;
    }

    /// The partial by one operand applied to a tangent or a cotangent: on elements the map is its own transpose.
    default Tensor scale(Call call, int operand, Tensor t) {
        return t.mul(partial(call, operand));
    }

    @Override
    default List<Tensor> jvp(Call call, Tangents tangents) {
        Shape shape = call.out().shape();
        return List.of(tangents.moving()
                .mapToObj(i -> scale(call, i, tangents.of(i)))
                .reduce(Tensor::add)
                .orElseThrow()
                .broadcastTo(shape));
    }

    @Override
    default Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        Tensor full = scale(call, operand, cotangents.getFirst());
        return full.sumTo(call.operand(operand).shape());
    }

    @Override
    default List<Tensor> batch(Batched operands) {
        List<Tensor> aligned = operands.aligned();
        return aligned.getFirst().apply(this, aligned);
    }
}
