package dev.adjoint.op.indexing;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Indexing;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// x with updates added to its slices at computed indices: y = x; y[…,iⱼ,…] += u[…,j,…]. Updates of one slice add up, in
/// the order of j.
///
/// Operands are x, the indices and the updates, whose shape is that of [Gather] for the same axis. Derivative: x receives
/// the cotangent, the updates what [Gather] reads of it.
///
/// @param axis the indexed axis, from 0
public record ScatterAdd(int axis) implements Indexing {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 3);
        IndexLaw.check(this, operands, axis);
        TensorType x = operands.get(0);
        TensorType wanted = new Gather(axis).infer(operands.subList(0, 2)).getFirst();
        if (!operands.get(2).shape().equals(wanted.shape())) {
            throw new ShapeMismatch(name(), operands, "updates must have the shape " + wanted.shape());
        }
        if (operands.get(2).dtype() != x.dtype() || x.dtype() == DType.BOOL) {
            throw new DTypeMismatch(name(), operands, "updates must be numbers of the same type");
        }
        return List.of(x);
    }

    @Override
    @SuppressWarnings("SuspiciousSystemArraycopy")
    public void evaluate(List<TensorType> types, List<Elements> operands, Elements out) {
        Slices slices = Slices.of(types.get(0).shape(), axis);
        Elements indices = operands.get(1);
        System.arraycopy(operands.get(0).array(), 0, out.array(), 0, out.count());
        for (int outer = 0; outer < slices.outer(); outer++) {
            for (int j = 0; j < indices.count(); j++) {
                int to = slices.start(outer, slices.checked(this, indices.getLong(j)));
                int from = (outer * indices.count() + j) * slices.inner();
                slices.add(operands.get(2), from, out, to);
            }
        }
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        return tangents.of(0).apply(this, List.of(tangents.of(0), call.y(), tangents.of(2)));
    }

    @Override
    public Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        Tensor ct = cotangents.getFirst();
        return operand == 0 ? ct : ct.apply(new Gather(axis), call.y());
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        Tensor x = operands.repeated(0);
        Tensor indices = operands.repeated(1);
        Tensor updates = operands.repeated(2).moveAxis(0, axis);
        Tensor rows = BatchRows.join(x, axis);
        Tensor added = rows.apply(new ScatterAdd(axis), BatchRows.shift(indices, x.dim(axis + 1)), updates);
        return List.of(BatchRows.split(added, axis, operands.size()));
    }

    @Override
    public String formula() {
        return "y = x; y[…,iⱼ,…] += u[…,j,…]";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new ScatterAdd(0)).normal(4, 2).indices(4, 3).normal(3, 2),
                Sample.of(new ScatterAdd(1)).normal(2, 3).indices(3, 2, 2).normal(2, 2, 2),
                Sample.of(new ScatterAdd(0)).normal(3).indices(3).normal());
    }
}
