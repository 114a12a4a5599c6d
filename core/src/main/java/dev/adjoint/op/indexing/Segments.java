package dev.adjoint.op.indexing;

import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Products over rows that belong together.
final class Segments {
    private Segments() {}

    /// For every row of `[m,…]` the product of the other rows whose key is the same. Nothing is divided, so the derivatives
    /// of every order are exact at zeros too.
    static Tensor productOfOthers(Tensor rows, Tensor keys) {
        Tensor order = keys.argsort(0);
        Tensor sortedKeys = keys.gather(0, order);
        Tensor sorted = rows.gather(0, order);
        Tensor before = productBefore(sorted, sortedKeys);
        Tensor after = productBefore(sorted.flip(0), sortedKeys.flip(0)).flip(0);
        return before.mul(after).gather(0, order.argsort(0));
    }

    /// The product of the rows before each row in its segment, in ⌈log₂ m⌉ + 1 steps: after step d a row holds the product
    /// of the d rows before it (Hillis and Steele, 1986).
    private static Tensor productBefore(Tensor rows, Tensor keys) {
        Tensor product = shifted(rows, keys, 1);
        for (long reach = 1; reach < rows.dim(0); reach *= 2) {
            product = product.mul(shifted(product, keys, reach));
        }
        return product;
    }

    /// The row so many places before, or ones where that is in another segment.
    private static Tensor shifted(Tensor rows, Tensor keys, long by) {
        long size = rows.dim(0);
        if (by >= size) {
            return rows.onesLike();
        }
        Tensor ones = rows.constant(1).broadcastTo(rows.shape().with(0, by));
        Tensor moved = Tensor.concat(0, List.of(ones, rows.slice(0, 0, size - by)));
        Tensor same = keys.slice(0, by, size).eq(keys.slice(0, 0, size - by));
        Tensor none = keys.create(Constant.scalar(DType.BOOL, 0)).broadcastTo(Shape.of(by));
        Shape column = Shape.of(size).append(Shape.scalar().padded(rows.rank() - 1));
        return Tensor.concat(0, List.of(none, same)).reshape(column).where(moved, rows.constant(1));
    }
}
