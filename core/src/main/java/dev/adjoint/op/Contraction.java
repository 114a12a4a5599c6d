package dev.adjoint.op;

import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.contraction.LoopNest;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Operators that are linear in each of two operands: sums of products along shared dimensions.
///
/// The operator states its two transposes, that is, which contraction of the cotangent with one operand gives the other
/// operand's cotangent; forward mode is the product rule d(ab) = da·b + a·db.
public sealed interface Contraction extends Primitive permits MatMul, Convolution, ConvolutionInput, ConvolutionKernel {
    /// The type of the result.
    TensorType infer(TensorType x, TensorType y);

    /// The cotangent of the left operand, before un-broadcasting.
    Tensor transposeLeft(Tensor ct, Call call);

    /// The cotangent of the right operand, before un-broadcasting.
    Tensor transposeRight(Tensor ct, Call call);

    /// The dimensions as loops: the meaning of the operator, and what kernels choose by.
    LoopNest loops(TensorType x, TensorType y);

    @Override
    default List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 2);
        if (operands.get(0).dtype() != operands.get(1).dtype()) {
            throw new DTypeMismatch(name(), operands, "element types must be equal");
        }
        if (!DTypes.NUMERIC.contains(operands.get(0).dtype())) {
            throw new DTypeMismatch(name(), operands, "defined for numbers only");
        }
        return List.of(infer(operands.get(0), operands.get(1)));
    }

    @Override
    default List<Tensor> jvp(Call call, Tangents tangents) {
        return List.of(tangents.moving()
                .mapToObj(i ->
                        i == 0 ? tangents.of(0).apply(this, call.y()) : call.x().apply(this, tangents.of(1)))
                .reduce(Tensor::add)
                .orElseThrow());
    }

    @Override
    default Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        Tensor ct = cotangents.getFirst();
        Tensor full = operand == 0 ? transposeLeft(ct, call) : transposeRight(ct, call);
        return full.sumTo(call.operand(operand).shape());
    }
}
