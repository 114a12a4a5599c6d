package dev.adjoint.op.indexing;

import dev.adjoint.op.Batched;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Search;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The index of the largest element along one axis, the first at a tie; a NaN counts as the largest.
///
/// The result is of type i64. It has no derivative: it jumps.
///
/// @param axes the one axis
public record ArgMax(Axes axes) implements Search {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return List.of(ExtremeIndex.infer(this, operands, axes));
    }

    @Override
    public void evaluate(List<TensorType> types, List<Elements> operands, Elements out) {
        int axis = axes.in(types.getFirst().shape()).getFirst();
        Slices slices = Slices.of(types.getFirst().shape(), axis);
        ExtremeIndex.find(slices, operands.getFirst(), out, ExtremeIndex.Extreme.LARGEST);
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        Axes shifted =
                axes.behindBatch(operands.x().shape().part(1, operands.x().rank()));
        return List.of(operands.x().apply(new ArgMax(shifted)));
    }

    @Override
    public String formula() {
        return "argmaxᵢ xᵢ";
    }

    @Override
    public String onnx() {
        return "ArgMax";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new ArgMax(Axes.of(0))).normal(3, 2),
                Sample.of(new ArgMax(Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new ArgMax(Axes.of(0))).with(new Sample.Operand(TensorType.of(DType.I32, 4), -3, 4)));
    }
}
