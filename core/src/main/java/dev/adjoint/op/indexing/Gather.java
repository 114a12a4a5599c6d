package dev.adjoint.op.indexing;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Indexing;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The slices of x along an axis at computed indices: y[…,j,…] = x[…,iⱼ,…].
///
/// The indexed axis is replaced by the axes of the indices. An index outside the axis is refused when it is met. The
/// transpose is [ScatterAdd] into zeros.
///
/// @param axis the indexed axis, from 0
public record Gather(int axis) implements Indexing {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 2);
        IndexLaw.check(this, operands, axis);
        TensorType x = operands.get(0);
        Shape shape = x.shape()
                .part(0, axis)
                .append(operands.get(1).shape())
                .append(x.shape().part(axis + 1, x.rank()));
        return List.of(x.withShape(shape));
    }

    @Override
    public void evaluate(List<TensorType> types, List<Elements> operands, Elements out) {
        Slices slices = Slices.of(types.get(0).shape(), axis);
        Elements indices = operands.get(1);
        for (int outer = 0; outer < slices.outer(); outer++) {
            for (int j = 0; j < indices.count(); j++) {
                int from = slices.start(outer, slices.checked(this, indices.getLong(j)));
                int to = (outer * indices.count() + j) * slices.inner();
                slices.copy(operands.get(0), from, out, to);
            }
        }
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        return List.of(tangents.of(0).apply(this, call.y()));
    }

    @Override
    public Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        return call.x().zerosLike().apply(new ScatterAdd(axis), call.y(), cotangents.getFirst());
    }

    /// Joins the batch to the indexed axis, so that example b reads the rows from b·n on.
    @Override
    public List<Tensor> batch(Batched operands) {
        Tensor x = operands.x();
        Tensor indices = operands.operands().get(1);
        if (!operands.isMapped(1)) {
            return List.of(x.apply(new Gather(axis + 1), indices));
        }
        if (!operands.isMapped(0)) {
            return List.of(x.apply(this, indices).moveAxis(axis, 0));
        }
        Tensor rows = BatchRows.join(x, axis);
        Tensor read = rows.apply(new Gather(axis), BatchRows.shift(indices, x.dim(axis + 1)));
        return List.of(read.moveAxis(axis, 0));
    }

    @Override
    public String formula() {
        return "y[…,j,…] = x[…,iⱼ,…]";
    }

    @Override
    public String vanishes(int operand) {
        return "to elements that no index reads";
    }

    @Override
    public String onnx() {
        return "Gather";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Gather(0)).normal(4, 2).indices(4, 3),
                Sample.of(new Gather(1)).normal(2, 3, 2).indices(3, 2, 2),
                Sample.of(new Gather(0)).normal(3).indices(3),
                Sample.of(new Gather(0)).normal(3, 2).indices(3, 0));
    }
}
