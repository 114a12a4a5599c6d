package dev.adjoint.onednn;

import dev.adjoint.onednn.Primitive.Argument;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// An argument of a primitive on its way between a Java array, where it lies without gaps, and native memory in the layout that the
/// primitive has chosen.
final class Port {
    private final int elements;
    private final long chosenFloats;
    private final Optional<Primitive> inwards;
    private final Optional<Primitive> outwards;

    /// @param natives who owns what is made here
    /// @param of how it lies in the array
    /// @param chosen the layout of the primitive
    Port(Dnnl dnnl, Natives natives, Plain of, MemorySegment chosen) {
        MemorySegment plain = natives.own("dnnl_memory_desc_destroy", dnnl.tensor(of.shape.dims(), of.strides));
        boolean same = dnnl.isSame(plain, chosen);
        this.elements = Math.toIntExact(of.shape.count());
        this.chosenFloats = Math.ceilDiv(dnnl.bytes(chosen), Float.BYTES);
        this.inwards = same ? Optional.empty() : Optional.of(change(dnnl, plain, chosen));
        this.outwards = same ? Optional.empty() : Optional.of(change(dnnl, chosen, plain));
    }

    /// An argument as it lies in its array.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Plain(Shape shape, long[] strides) {}

    private static Primitive change(Dnnl dnnl, MemorySegment from, MemorySegment to) {
        return new Primitive(
                dnnl,
                dnnl.reorder(from, to),
                List.of(new Argument(Dnnl.SOURCE, from), new Argument(Dnnl.DESTINATION, to)));
    }

    int elements() {
        return elements;
    }

    /// Borrowed memory for the primitive to write to.
    MemorySegment empty() {
        return Scratch.SHARED.borrow(chosenFloats);
    }

    /// Borrowed memory that holds elements of an array, from a place on.
    MemorySegment in(float[] from, int at) {
        MemorySegment plain = Scratch.SHARED.borrow(elements);
        Scratch.copy(from, at, plain, 0, elements);
        return changed(inwards, plain, chosenFloats);
    }

    /// Borrowed memory that holds pieces of an array.
    MemorySegment in(float[] from, Pieces pieces) {
        MemorySegment plain = Scratch.SHARED.borrow(elements);
        for (int i = 0; i < pieces.count; i++) {
            Scratch.copy(from, pieces.at + i * pieces.stride, plain, (long) i * pieces.length, pieces.length);
        }
        return changed(inwards, plain, chosenFloats);
    }

    /// Elements that lie together at equal distances.
    ///
    /// @param at where the first piece begins
    /// @param count how many pieces there are
    /// @param length the elements of each
    /// @param stride the distance of two
    record Pieces(int at, int count, int length, int stride) {}

    /// What the primitive has written, as it lies in the array, in borrowed memory.
    MemorySegment plain(MemorySegment written) {
        return changed(outwards, written, elements);
    }

    /// Copies what the primitive has written to an array and gives its memory back.
    void out(MemorySegment written, float[] to, int at) {
        MemorySegment plain = plain(written);
        Scratch.copy(plain, 0, to, at, elements);
        Scratch.SHARED.giveBack(plain);
    }

    /// Copies what the primitive has written to pieces of an array and gives its memory back.
    void out(MemorySegment written, float[] to, Pieces pieces) {
        MemorySegment plain = plain(written);
        for (int i = 0; i < pieces.count; i++) {
            Scratch.copy(plain, (long) i * pieces.length, to, pieces.at + i * pieces.stride, pieces.length);
        }
        Scratch.SHARED.giveBack(plain);
    }

    private static MemorySegment changed(Optional<Primitive> change, MemorySegment from, long floats) {
        if (change.isEmpty()) {
            return from;
        }
        MemorySegment to = Scratch.SHARED.borrow(floats);
        change.get().run(from, to);
        Scratch.SHARED.giveBack(from);
        return to;
    }
}
