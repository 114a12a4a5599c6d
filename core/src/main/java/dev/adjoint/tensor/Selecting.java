package dev.adjoint.tensor;

import dev.adjoint.op.source.Constant;
import java.util.ArrayList;
import java.util.List;

/// Reads an index from left to right and gathers what it takes of every axis.
final class Selecting {
    private final Tensor x;
    private final boolean computed;
    private final List<Selection.Part> parts = new ArrayList<>();
    private final List<Integer> slots = new ArrayList<>();

    /// Whether computed indices have begun, been followed by another index, and gone on after it.
    private boolean begun;

    private boolean interrupted;
    private boolean apart;

    Selecting(Tensor x, List<Index> index) {
        this.x = x;
        this.computed = index.stream().anyMatch(Index.Computed.class::isInstance);
        List<Index> all = new ArrayList<>(index);
        if (index.stream().noneMatch(Index.Ellipsis.class::isInstance)) {
            all.add(Index.ellipsis());
        }
        int named = all.stream().mapToInt(Selecting::axes).sum();
        if (named > x.rank()) {
            throw new InvalidArgument("at: " + named + " indices for the " + x.rank() + " axes of " + x.type());
        }
        if (all.stream().filter(Index.Ellipsis.class::isInstance).count() > 1) {
            throw new InvalidArgument("at: an index has at most one ellipsis");
        }
        all.forEach(each -> take(each, x.rank() - named));
    }

    Selection selection() {
        if (apart) {
            slots.remove(Integer.valueOf(Selection.BLOCK));
            slots.addFirst(Selection.BLOCK);
        }
        return new Selection(x, parts, slots);
    }

    /// How many axes an index is for.
    private static int axes(Index index) {
        return switch (index) {
            case Index.At _, Index.Range _ -> 1;
            case Index.Ellipsis _, Index.NewAxis _ -> 0;
            case Index.Computed(var tensor) -> tensor.dtype() == DType.BOOL ? tensor.rank() : 1;
        };
    }

    private void take(Index index, int unnamed) {
        int axis = parts.size();
        interrupted |= begun && !(index instanceof Index.At || index instanceof Index.Computed);
        switch (index) {
            case Index.At(var at) -> point(at, axis);
            case Index.Range range -> span(axis, span(range, x.dim(axis)));
            case Index.NewAxis _ -> slots.add(Selection.NEW);
            case Index.Ellipsis _ -> {
                for (int i = 0; i < unnamed; i++) {
                    span(axis + i, new Selection.Part.Span(0, 1, x.dim(axis + i)));
                }
            }
            case Index.Computed(var tensor) when tensor.dtype() == DType.BOOL -> mask(tensor, axis);
            case Index.Computed(var tensor) -> pick(counted(tensor, axis));
        }
    }

    private void span(int axis, Selection.Part.Span span) {
        slots.add(axis);
        parts.add(span);
    }

    /// Bounds are cut off at the ends, as Python's are.
    private static Selection.Part.Span span(Index.Range range, long size) {
        boolean up = range.step() > 0;
        long low = up ? 0 : -1;
        long high = up ? size : size - 1;
        long start = range.start().isPresent() ? cut(range.start().getAsLong(), size, low, high) : up ? low : high;
        long stop = range.stop().isPresent() ? cut(range.stop().getAsLong(), size, low, high) : up ? high : low;
        return new Selection.Part.Span(start, range.step(), Math.max(0, Math.ceilDiv(stop - start, range.step())));
    }

    private static long cut(long bound, long size, long low, long high) {
        return Math.clamp(bound < 0 ? bound + size : bound, low, high);
    }

    /// Next to computed indices a plain one is computed too.
    private void point(long index, int axis) {
        long size = x.dim(axis);
        if (index < -size || index >= size) {
            throw new InvalidArgument("at: index " + index + " is outside axis " + axis + " of " + x.type()
                    + ", whose extent is " + size);
        }
        long at = index < 0 ? index + size : index;
        if (computed) {
            pick(x.create(new Constant(TensorType.of(DType.I64), Elements.wrap(new long[] {at}))));
        } else {
            parts.add(new Selection.Part.Point(at));
        }
    }

    private void pick(Tensor indices) {
        if (!begun) {
            slots.add(Selection.BLOCK);
        }
        apart |= interrupted;
        begun = true;
        parts.add(new Selection.Part.Pick(indices));
    }

    /// Negative indices count from the end; those outside the axis stay as they are, for the kernel to refuse by name.
    private Tensor counted(Tensor tensor, int axis) {
        if (!tensor.dtype().isInteger()) {
            throw new DTypeMismatch(
                    "at",
                    List.of(x.type(), tensor.type()),
                    "an index is of integers or booleans; convert with" + " i.to(DType.I64)");
        }
        Tensor indices = tensor.to(DType.I64);
        Tensor fromEnd = indices.lt(0).and(indices.ge((double) -x.dim(axis)));
        return fromEnd.where(indices.add((double) x.dim(axis)), indices);
    }

    private void mask(Tensor mask, int axis) {
        for (int k = 0; k < mask.rank(); k++) {
            if (mask.dim(k) != x.dim(axis + k)) {
                throw new ShapeMismatch(
                        "at",
                        List.of(x.type(), mask.type()),
                        "the mask has extent " + mask.dim(k) + " along its axis " + k + ", the tensor "
                                + x.dim(axis + k) + " along axis " + (axis + k));
            }
        }
        if (mask.rank() == 0) {
            throw new InvalidArgument(
                    "at: a mask has at least one axis; for a choice between tensors write" + " mask.where(x, y)");
        }
        Selection.places("at", mask).forEach(this::pick);
    }
}
