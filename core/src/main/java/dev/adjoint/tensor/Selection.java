package dev.adjoint.tensor;

import dev.adjoint.op.Broadcasting;
import dev.adjoint.op.indexing.Scatter.Combine;
import dev.adjoint.op.movement.Slice;
import dev.adjoint.op.source.Constant;
import dev.adjoint.op.source.Iota;
import java.util.ArrayList;
import java.util.List;

/// What an index takes of a tensor, axis by axis, and where that goes in the result.
final class Selection {
    /// What is taken of one axis.
    sealed interface Part {
        /// The indices start, start + step, …
        record Span(long start, long step, long count) implements Part {
            boolean isWhole(long extent) {
                return start == 0 && step == 1 && count == extent;
            }
        }

        /// One index; the axis disappears.
        record Point(long index) implements Part {}

        /// Computed indices from 0, which belong together with those of other axes.
        record Pick(Tensor indices) implements Part {}
    }

    /// What stands along an axis of the result, besides the spans of axes of x, which are named by their number.
    static final int NEW = -1;

    /// All axes that the computed indices give.
    static final int BLOCK = -2;

    private final Tensor x;
    private final List<Part> parts;
    private final List<Integer> slots;

    /// @param parts what is taken of every axis
    /// @param slots what stands along the result: the number of an axis with a span, [#NEW] or [#BLOCK]
    Selection(Tensor x, List<Part> parts, List<Integer> slots) {
        this.x = x;
        this.parts = List.copyOf(parts);
        this.slots = List.copyOf(slots);
    }

    static Selection of(Tensor x, List<Index> index) {
        return new Selecting(x, index).selection();
    }

    /// The places of the elements that are not zero: one tensor of indices for every axis.
    static List<Tensor> places(String operator, Tensor mask) {
        Elements elements = DataDependent.elements(operator, "how many elements are chosen", mask);
        long[] strides = mask.shape().strides();
        int count = 0;
        for (int i = 0; i < elements.count(); i++) {
            count += elements.get(i) != 0 ? 1 : 0;
        }
        long[][] places = new long[mask.rank()][count];
        int next = 0;
        for (int i = 0; i < elements.count(); i++) {
            if (elements.get(i) != 0) {
                for (int axis = 0; axis < places.length; axis++) {
                    places[axis][next] = i / strides[axis] % mask.dim(axis);
                }
                next++;
            }
        }
        List<Tensor> all = new ArrayList<>();
        for (long[] indices : places) {
            all.add(mask.create(new Constant(TensorType.of(DType.I64, count), Elements.wrap(indices))));
        }
        return all;
    }

    private List<Tensor> picks() {
        List<Tensor> picks = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Pick(var indices)) {
                picks.add(indices);
            }
        }
        return picks;
    }

    /// The common shape of the computed indices.
    private Shape block() {
        return Broadcasting.shape("at", picks().stream().map(Tensor::type).toList());
    }

    private Shape shape(List<Integer> of) {
        Shape shape = Shape.scalar();
        for (int slot : of) {
            shape = switch (slot) {
                case NEW -> shape.append(1);
                case BLOCK -> shape.append(block());
                default -> shape.append(((Part.Span) parts.get(slot)).count());
            };
        }
        return shape;
    }

    /// `x[index]`: slices, then one gather over all axes with computed indices.
    Tensor read() {
        Tensor y = sliced();
        if (slots.contains(BLOCK)) {
            List<Integer> axes = new ArrayList<>();
            for (int axis = 0; axis < parts.size(); axis++) {
                if (parts.get(axis) instanceof Part.Pick) {
                    axes.add(axis);
                }
            }
            y = y.gather(axes, picks());
            int rank = block().rank();
            int from = axes.getFirst();
            if (slots.getFirst() == BLOCK) {
                for (int k = 0; k < rank; k++) {
                    y = y.moveAxis(from + k, k);
                }
            }
        }
        return y.reshape(shape(slots));
    }

    private Tensor sliced() {
        List<Slice.Range> ranges = new ArrayList<>();
        Tensor y = x;
        boolean all = true;
        for (int axis = 0; axis < parts.size(); axis++) {
            Slice.Range range = range(parts.get(axis), x.dim(axis));
            all &= range.equals(Slice.Range.whole(x.dim(axis)));
            ranges.add(range);
        }
        y = all ? y : y.slice(ranges);
        for (int axis = 0; axis < parts.size(); axis++) {
            y = parts.get(axis) instanceof Part.Span(var _, var step, var _) && step < 0 ? y.flip(axis) : y;
        }
        return y;
    }

    private static Slice.Range range(Part part, long extent) {
        return switch (part) {
            case Part.Span(var start, var step, var count) -> {
                long last = start + (count - 1) * step;
                yield count == 0
                        ? new Slice.Range(0, 0, 1)
                        : new Slice.Range(Math.min(start, last), Math.max(start, last) + 1, Math.abs(step));
            }
            case Part.Point(var index) -> new Slice.Range(index, index + 1, 1);
            case Part.Pick _ -> Slice.Range.whole(extent);
        };
    }

    /// x with `x[index] = combine(x[index], value)`: one scatter over the leading axes, the trailing ones that are taken whole
    /// being left out.
    Tensor write(Combine combine, Tensor value) {
        Shape selected = shape(slots);
        if (!value.shape().broadcastsTo(selected)) {
            throw new ShapeMismatch(
                    "with",
                    List.of(x.type(), value.type()),
                    "the value cannot be repeated to the shape " + selected + " of what the index selects");
        }
        if (x.rank() == 0) {
            Selection same = new Selection(x.expand(0), List.of(new Part.Point(0)), slots);
            return same.write(combine, value).reshape(x.shape());
        }
        int whole = trailing();
        List<Integer> written = slots.subList(0, slots.size() - whole);
        List<Integer> axes = new ArrayList<>();
        List<Tensor> indices = new ArrayList<>();
        for (int axis = 0; axis < x.rank() - whole; axis++) {
            axes.add(axis);
            indices.add(coordinate(axis, written));
        }
        Shape places =
                Broadcasting.shape("with", indices.stream().map(Tensor::type).toList());
        Shape rest = x.shape().trailing(whole);
        Tensor updates = value.broadcastTo(selected).reshape(places.append(rest));
        return x.scatter(combine, axes, indices, updates);
    }

    /// How many axes at the end are taken whole and stand at the end of the result; one axis at least is left.
    private int trailing() {
        int whole = 0;
        while (whole < Math.min(slots.size(), x.rank() - 1)) {
            int axis = x.rank() - 1 - whole;
            boolean goesOn =
                    slots.get(slots.size() - 1 - whole) == axis && ((Part.Span) parts.get(axis)).isWhole(x.dim(axis));
            if (!goesOn) {
                break;
            }
            whole++;
        }
        return whole;
    }

    /// The index along one axis of every selected element, broadcastable to the written axes of the result.
    private Tensor coordinate(int axis, List<Integer> written) {
        return switch (parts.get(axis)) {
            case Part.Point(var index) ->
                x.create(new Constant(TensorType.of(DType.I64), Elements.wrap(new long[] {index})));
            case Part.Pick(var indices) -> behind(indices, written, BLOCK);
            case Part.Span(var start, var step, var count) -> {
                Tensor numbers = x.create(new Iota(TensorType.of(DType.I64, count), 0));
                yield behind(numbers.mul((double) step).add((double) start), written, axis);
            }
        };
    }

    /// With an axis of extent 1 for every axis of the result behind a slot.
    private Tensor behind(Tensor indices, List<Integer> written, int slot) {
        List<Integer> later = written.subList(written.indexOf(slot) + 1, written.size());
        Shape ones = Shape.scalar().padded(shape(later).rank());
        return indices.reshape(indices.shape().append(ones));
    }
}
