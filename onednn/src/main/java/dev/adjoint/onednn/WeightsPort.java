package dev.adjoint.onednn;

import dev.adjoint.onednn.Port.Plain;
import dev.adjoint.onednn.Primitive.Argument;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The kernel of a convolution, or the gradient by it, on its way between a Java array and the layout that a primitive has
/// chosen, in slices of its first axis, so that several threads can move it.
final class WeightsPort {
    /// Channels of a slice: a multiple of the blocks of every layout of the library.
    private static final int CHANNELS = 64;

    private final MemorySegment chosen;
    private final int elements;
    private final long chosenFloats;
    private final List<Slice> slices;

    /// @param natives who owns what is made here
    /// @param of how it lies in the array
    /// @param argument which argument of the primitive it is, and the layout that this has chosen
    WeightsPort(Dnnl dnnl, Natives natives, Plain of, Argument argument) {
        Shape shape = of.shape();
        MemorySegment chosen = argument.tensor();
        boolean isRead = argument.name() == Dnnl.WEIGHTS;
        MemorySegment plain = natives.own("dnnl_memory_desc_destroy", dnnl.tensor(shape.dims(), of.strides()));
        boolean isSliced = shape.dim(0) % CHANNELS == 0 && !dnnl.isSame(plain, chosen);
        long channels = isSliced ? CHANNELS : shape.dim(0);
        this.chosen = chosen;
        this.elements = Math.toIntExact(shape.count());
        this.chosenFloats = Math.ceilDiv(dnnl.bytes(chosen), Float.BYTES);
        this.slices = IntStream.range(0, (int) (shape.dim(0) / channels))
                .mapToObj(slice ->
                        new Slice(dnnl, natives, new Cut(shape, slice * channels, channels, isRead), plain, chosen))
                .toList();
    }

    /// Some channels, which the primitive reads or writes.
    private record Cut(Shape shape, long first, long count, boolean isRead) {
        Shape part() {
            return shape.with(0, count);
        }

        long[] offsets(long at) {
            long[] offsets = new long[shape.rank()];
            offsets[0] = at;
            return offsets;
        }
    }

    /// Some channels and the ways of their elements, which lie together in the array.
    private static final class Slice {
        private final int at;
        private final int count;
        private final Optional<Primitive> change;

        Slice(Dnnl dnnl, Natives natives, Cut cut, MemorySegment plain, MemorySegment chosen) {
            Shape part = cut.part();
            this.count = Math.toIntExact(part.count());
            this.at = Math.toIntExact(cut.first * part.count() / cut.count);
            String kind = "dnnl_memory_desc_destroy";
            MemorySegment array = natives.own(kind, dnnl.part(plain, part.dims(), cut.offsets(0)));
            MemorySegment own = natives.own(kind, dnnl.part(chosen, part.dims(), cut.offsets(cut.first)));
            this.change = dnnl.isSame(array, own)
                    ? Optional.empty()
                    : Optional.of(cut.isRead ? change(dnnl, array, own) : change(dnnl, own, array));
        }

        private static Primitive change(Dnnl dnnl, MemorySegment from, MemorySegment to) {
            return new Primitive(
                    dnnl,
                    dnnl.reorder(from, to),
                    List.of(new Argument(Dnnl.SOURCE, from), new Argument(Dnnl.DESTINATION, to)));
        }

        void in(float[] from, MemorySegment to) {
            if (change.isEmpty()) {
                Scratch.copy(from, at, to, at, count);
                return;
            }
            MemorySegment plain = Scratch.SHARED.borrow(count);
            Scratch.copy(from, at, plain, 0, count);
            change.get().run(plain, to);
            Scratch.SHARED.giveBack(plain);
        }

        void out(MemorySegment from, float[] to) {
            if (change.isEmpty()) {
                Scratch.copy(from, at, to, at, count);
                return;
            }
            MemorySegment plain = Scratch.SHARED.borrow(count);
            change.get().run(from, plain);
            Scratch.copy(plain, 0, to, at, count);
            Scratch.SHARED.giveBack(plain);
        }
    }

    /// Elements of the array.
    int elements() {
        return elements;
    }

    /// Whether both lie alike in the layouts of their primitives.
    boolean isLike(Dnnl dnnl, WeightsPort other) {
        return dnnl.isSame(chosen, other.chosen);
    }

    /// Floats in the layout of the primitive, some of which may only fill its blocks.
    int chosenFloats() {
        return Math.toIntExact(chosenFloats);
    }

    /// Borrowed memory that holds an array in the layout of the primitive.
    MemorySegment in(float[] from, Workers workers) {
        MemorySegment to = Scratch.SHARED.borrow(chosenFloats);
        workers.run(slices.size(), slice -> slices.get(slice).in(from, to));
        return to;
    }

    /// Copies what lies in the layout of the primitive to an array.
    void out(MemorySegment written, float[] to, Workers workers) {
        workers.run(slices.size(), slice -> slices.get(slice).out(written, to));
    }
}
