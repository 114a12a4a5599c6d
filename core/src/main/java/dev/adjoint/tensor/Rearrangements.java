package dev.adjoint.tensor;

import dev.adjoint.op.indexing.Scatter;
import dev.adjoint.op.source.Iota;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/// What can be said with slices, concatenation and counting: parts, repetitions, shifts, triangles. Negative axes count
/// from the end.
public interface Rearrangements extends Algebra {
    /// The elements shifted along an axis; what leaves at one end comes back at the other: yᵢ is x at (i − shift) mod n.
    default Tensor roll(int axis, long shift) {
        Tensor x = (Tensor) this;
        long size = dim(type().axis("roll", axis));
        long cut = size == 0 ? 0 : Math.floorMod(-shift, size);
        return cut == 0 ? x : Tensor.concat(axis, List.of(x.slice(axis, cut, size), x.slice(axis, 0, cut)));
    }

    /// The whole tensor so many times, one after the other along an axis.
    ///
    /// @throws InvalidArgument if the number is below 1
    default Tensor tile(int axis, int times) {
        if (times < 1) {
            throw new InvalidArgument("tile: a tensor is repeated at least once, not " + times + " times");
        }
        return Tensor.concat(type().axis("tile", axis), Collections.nCopies(times, (Tensor) this));
    }

    /// Every slice of an axis so many times in a row: yᵢ is x at ⌊i/times⌋.
    ///
    /// @throws InvalidArgument if the number is below 1
    default Tensor repeat(int axis, long times) {
        if (times < 1) {
            throw new InvalidArgument("repeat: a slice is repeated at least once, not " + times + " times");
        }
        int place = type().axis("repeat", axis);
        Tensor apart = ((Tensor) this).expand(place + 1);
        Shape repeated = apart.shape().with(place + 1, times);
        return apart.broadcastTo(repeated).reshape(shape().with(place, dim(place) * times));
    }

    /// Parts of the given extents, one after the other along an axis.
    ///
    /// @throws InvalidArgument if an extent is negative, or they do not add up to that of the axis
    default List<Tensor> split(int axis, long... extents) {
        long size = dim(type().axis("split", axis));
        for (long extent : extents) {
            if (extent < 0) {
                throw new InvalidArgument("split: a part has at least 0 slices, not " + extent);
            }
        }
        long total = LongStream.of(extents).sum();
        if (total != size) {
            throw new InvalidArgument("split: the parts have " + total + " slices together, axis " + axis + " of "
                    + type() + " has " + size);
        }
        List<Tensor> parts = new ArrayList<>();
        long start = 0;
        for (long extent : extents) {
            parts.add(((Tensor) this).slice(axis, start, start + extent));
            start += extent;
        }
        return List.copyOf(parts);
    }

    /// The slices of an axis, which disappears.
    default List<Tensor> unstack(int axis) {
        return LongStream.range(0, dim(type().axis("unstack", axis)))
                .mapToObj(index -> ((Tensor) this).take(axis, index))
                .toList();
    }

    /// Parts of equal extent along an axis, at most so many: all have ⌈n/count⌉ slices, the last may have fewer, as in
    /// PyTorch.
    ///
    /// @throws InvalidArgument if the number is below 1
    default List<Tensor> chunk(int axis, long count) {
        if (count < 1) {
            throw new InvalidArgument("chunk: a tensor has at least one part, not " + count);
        }
        long size = dim(type().axis("chunk", axis));
        long each = Math.max(1, Math.ceilDiv(size, count));
        List<Tensor> parts = new ArrayList<>();
        for (long start = 0; start == 0 || start < size; start += each) {
            parts.add(((Tensor) this).slice(axis, start, Math.min(size, start + each)));
        }
        return List.copyOf(parts);
    }

    /// The diagonal of every matrix over two axes, as the last axis of the result: y[…,i] = x[…,i,…,i + diagonal,…]. Diagonal
    /// 0 is the main one, positive ones lie above it, negative ones below.
    ///
    /// @throws InvalidArgument if both axes are the same
    default Tensor diagonal(long diagonal, int rows, int columns) {
        int first = type().axis("diagonal", rows);
        int second = type().axis("diagonal", columns);
        if (first == second) {
            throw new InvalidArgument("diagonal: axis " + first + " of " + type() + " is given twice");
        }
        long low = Math.max(0, -diagonal);
        long high = Math.min(dim(first), dim(second) - diagonal);
        Tensor numbers = create(new Iota(TensorType.of(DType.I64, Math.max(0, high - low)), 0));
        Tensor row = numbers.add((double) low);
        Tensor column = row.add((double) diagonal);
        boolean inOrder = first < second;
        return ((Tensor) this)
                .gather(
                        inOrder ? List.of(first, second) : List.of(second, first),
                        inOrder ? List.of(row, column) : List.of(column, row))
                .moveAxis(Math.min(first, second), -1);
    }

    /// The main diagonal of every matrix over the last two axes.
    default Tensor diagonal() {
        return diagonal(0, -2, -1);
    }

    /// Square matrices with the last axis on the given diagonal and zeros elsewhere: the transpose of [#diagonal].
    ///
    /// @throws InvalidArgument if there is no axis
    default Tensor diagonalMatrix(long diagonal) {
        if (rank() == 0) {
            throw new InvalidArgument("diagonalMatrix: " + type() + " has no axis to put on a diagonal");
        }
        long size = Math.addExact(dim(-1), Math.abs(diagonal));
        Tensor row = create(new Iota(TensorType.of(DType.I64, dim(-1)), 0)).add((double) Math.max(0, -diagonal));
        Tensor zeros = constant(0).broadcastTo(shape().leading(1).append(size, size));
        return zeros.scatter(
                Scatter.Combine.SET, List.of(rank() - 1, rank()), List.of(row, row.add((double) diagonal)), (Tensor)
                        this);
    }

    /// Square matrices with the last axis on the main diagonal and zeros elsewhere.
    default Tensor diagonalMatrix() {
        return diagonalMatrix(0);
    }

    /// The lower triangle of every matrix: what lies above the given diagonal is 0. Diagonal 0 is the main one, positive
    /// ones lie above it.
    default Tensor tril(long diagonal) {
        return belowOrOn(diagonal).where((Tensor) this, constant(0));
    }

    /// The upper triangle of every matrix: what lies below the given diagonal is 0. Diagonal 0 is the main one, positive
    /// ones lie above it.
    default Tensor triu(long diagonal) {
        return belowOrOn(diagonal - 1).where(constant(0), (Tensor) this);
    }

    /// The sum of the main diagonal of every matrix.
    default Tensor trace() {
        return tril(0).triu(0).sum(-2, -1);
    }

    private Tensor belowOrOn(long diagonal) {
        if (rank() < 2) {
            throw new InvalidArgument("a triangle needs a matrix, not " + type());
        }
        TensorType indices = new TensorType(DType.I64, shape().trailing(2));
        Tensor rows = create(new Iota(indices, 0));
        return create(new Iota(indices, 1)).le(rows.add((double) diagonal));
    }
}
