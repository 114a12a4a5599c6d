package dev.adjoint.op.indexing;

import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;

/// Turns a batch of indexed tensors into one: the batch axis joins the indexed axis.
final class BatchRows {
    private BatchRows() {}

    /// `[B,…,n,…]` as `[…,B·n,…]`, the indexed axis counted without the batch.
    static Tensor join(Tensor x, int axis) {
        Tensor moved = x.moveAxis(0, axis);
        Shape shape = moved.shape();
        return moved.reshape(shape.part(0, axis)
                .append(shape.dim(axis) * shape.dim(axis + 1))
                .append(shape.part(axis + 2, shape.rank())));
    }

    /// `[…,B·n,…]` as `[B,…,n,…]`.
    static Tensor split(Tensor x, int axis, long size) {
        Shape shape = x.shape();
        Shape apart = shape.part(0, axis)
                .append(size, shape.dim(axis) / Math.max(1, size))
                .append(shape.part(axis + 1, shape.rank()));
        return x.reshape(apart).moveAxis(axis, 0);
    }

    /// The indices of example b, raised by b·extent. An index outside its own example stays outside all of them, so that it
    /// is refused and does not read a neighbour.
    static Tensor shift(Tensor indices, long extent) {
        Shape batch = Shape.of(indices.dim(0));
        Tensor example =
                indices.create(new Iota(indices.type().withShape(batch), 0)).mul((double) extent);
        Shape column = batch.append(Shape.scalar().padded(indices.rank() - 1));
        Tensor beyond = indices.lt(0).where(indices, indices.add((double) extent * indices.dim(0)));
        Tensor inside = indices.ge(0).and(indices.lt((double) extent));
        return inside.where(indices.add(example.reshape(column)), beyond);
    }
}
