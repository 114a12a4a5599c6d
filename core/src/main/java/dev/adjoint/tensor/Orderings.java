package dev.adjoint.tensor;

import dev.adjoint.op.composite.Sort;
import dev.adjoint.op.indexing.ArgSort;
import dev.adjoint.op.indexing.ArgSort.Order;
import dev.adjoint.op.indexing.ArgTopK;
import dev.adjoint.op.indexing.SearchSorted;
import dev.adjoint.op.indexing.SearchSorted.Side;
import dev.adjoint.op.source.Constant;
import java.util.List;

/// Elements in order, and places among ordered elements. Negative axes count from the end.
public interface Orderings extends Algebra {
    /// [ArgSort]
    default Tensor argsort(int axis, Order order) {
        return apply(new ArgSort(axis, order));
    }

    /// [ArgSort], the smallest element first.
    default Tensor argsort(int axis) {
        return argsort(axis, Order.ASCENDING);
    }

    /// [Sort]
    default Tensor sort(int axis, Order order) {
        return apply(new Sort(axis, order));
    }

    /// [Sort], the smallest element first.
    default Tensor sort(int axis) {
        return sort(axis, Order.ASCENDING);
    }

    /// Elements and where they stood.
    ///
    /// @param values the elements
    /// @param indices their indices along the axis, i64
    record Ranked(Tensor values, Tensor indices) {}

    /// The first k elements along an axis in an order, and their indices; equal ones in their own order.
    ///
    /// {@snippet :
    /// var best = Array.of(3.0, 9.0, 4.0).topK(0, 2); // values [9 4], indices [1 2]
    /// }
    ///
    /// @throws InvalidArgument if k is below 0 or above the extent of the axis
    default Ranked topK(int axis, long k, Order order) {
        long size = dim(type().axis("topK", axis));
        if (k < 0 || k > size) {
            throw new InvalidArgument("topK: axis " + axis + " of " + type() + " has " + size + " elements, of which "
                    + k + " cannot be taken");
        }
        Tensor first = apply(new ArgTopK(axis, order, k));
        return new Ranked(((Tensor) this).takeAlongAxis(axis, first), first);
    }

    /// The k largest elements along an axis, the largest first, and their indices.
    ///
    /// @throws InvalidArgument if k is below 0 or above the extent of the axis
    default Ranked topK(int axis, long k) {
        return topK(axis, k, Order.DESCENDING);
    }

    /// [SearchSorted]: this holds the boundaries.
    default Tensor searchSorted(Tensor values, Side side) {
        return apply(new SearchSorted(side), values);
    }

    /// [SearchSorted] on the left side of equal boundaries.
    default Tensor searchSorted(Tensor values) {
        return searchSorted(values, Side.LEFT);
    }

    /// The number of the bucket between boundaries `[n]` that every element lies in: [#searchSorted] with the roles
    /// exchanged, so that bucket i is bᵢ₋₁ < v ≤ bᵢ (left) or bᵢ₋₁ ≤ v < bᵢ (right).
    default Tensor bucketize(Tensor boundaries, Side side) {
        return boundaries.searchSorted((Tensor) this, side);
    }

    /// [#bucketize(Tensor, Side)] on the left side of equal boundaries.
    default Tensor bucketize(Tensor boundaries) {
        return bucketize(boundaries, Side.LEFT);
    }

    /// The different elements of a tensor.
    ///
    /// @param values the different elements in rising order
    /// @param inverse for every element of the tensor the number of its value, in the tensor's shape
    /// @param counts how often every value occurs
    record Distinct(Tensor values, Tensor inverse, Tensor counts) {}

    /// The different elements in rising order. Every NaN differs from every other, as in PyTorch.
    ///
    /// @throws NotComputed while a function is traced: how many there are depends on the numbers, and the shapes of a graph
    ///     do not
    default Distinct unique() {
        DataDependent.elements("unique", "how many elements differ", (Tensor) this);
        Tensor flat = ((Tensor) this).reshape(-1);
        Tensor order = flat.argsort(0);
        Tensor sorted = flat.gather(0, order);
        long size = sorted.dim(0);
        Tensor first = create(Constant.scalar(DType.BOOL, 1)).broadcastTo(Shape.of(Math.min(1, size)));
        Tensor changes = size == 0
                ? first
                : Tensor.concat(0, List.of(first, sorted.slice(0, 1, size).ne(sorted.slice(0, 0, size - 1))));
        Tensor starts = changes.nonzero().getFirst();
        Tensor numbers = changes.to(DType.I64).cumsum(0).sub(1);
        Tensor inverse = numbers.gather(0, order.argsort(0)).reshape(shape());
        Tensor counts = numbers.onesLike().segmentSum(numbers, starts.dim(0));
        return new Distinct(sorted.gather(0, starts), inverse, counts);
    }
}
