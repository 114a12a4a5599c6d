package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The running sum along one axis: yᵢ = Σⱼ≤ᵢ xⱼ, in the element type of x. Derivative: the running sum from the other end.
///
/// The sums are formed in pairs, so that the rounding error grows with the logarithm of the extent.
///
/// @param axis the axis; a negative one counts from the end
public record CumSum(int axis) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return Cumulation.check(this, operands, axis, DTypes.NUMERIC);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return Cumulation.scan(operands.getFirst(), axis, Tensor::add);
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        return Optional.of(ct.flip(axis).cumsum(axis).flip(axis));
    }

    @Override
    public String formula() {
        return "Σⱼ≤ᵢ xⱼ";
    }

    @Override
    public String onnx() {
        return "CumSum";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new CumSum(0)).normal(5, 2),
                Sample.of(new CumSum(-1)).normal(2, 4),
                Sample.of(new CumSum(1)).normal(2, 0, 2),
                Sample.of(new CumSum(0)).normal(1));
    }
}
