package dev.adjoint.onednn;

import dev.adjoint.onednn.Primitive.Argument;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Sixteen images on their way between an array, `[images,channels,rows,columns]`, and native memory where they lie as
/// `[channels,rows,columns,images]`.
final class LanePort {
    private static final String TENSOR = "dnnl_memory_desc_destroy";

    private final int elements;
    private final Primitive inwards;
    private final Primitive outwards;

    /// @param image `[images,channels,rows,columns]`, of any number of images
    /// @param columns from the beginning of a row in native memory to that of the next
    /// @param rows from the beginning of a channel to that of the next
    LanePort(Dnnl dnnl, Shape image, long columns, long rows) {
        Natives natives = new Natives(this, dnnl);
        Shape images = image.with(0, ImageLanes.COUNT);
        long row = columns * ImageLanes.COUNT;
        long[] strides = {1, rows * row, row, ImageLanes.COUNT};
        MemorySegment plain = natives.own(TENSOR, dnnl.tensor(images.dims(), images.strides()));
        MemorySegment lanes = natives.own(TENSOR, dnnl.tensor(images.dims(), strides));
        this.elements = Math.toIntExact(images.count());
        this.inwards = change(dnnl, plain, lanes);
        this.outwards = change(dnnl, lanes, plain);
    }

    /// Images whose channels follow each other without gaps.
    LanePort(Dnnl dnnl, Shape image) {
        this(dnnl, image, image.dim(3), image.dim(2));
    }

    private static Primitive change(Dnnl dnnl, MemorySegment from, MemorySegment to) {
        return new Primitive(
                dnnl,
                dnnl.reorder(from, to),
                List.of(new Argument(Dnnl.SOURCE, from), new Argument(Dnnl.DESTINATION, to)));
    }

    /// Numbers of sixteen images.
    int elements() {
        return elements;
    }

    /// Borrowed memory with the images of a block as lanes, if there are no gaps.
    MemorySegment in(float[] from, int block) {
        MemorySegment plain = Scratch.SHARED.borrow(elements);
        Scratch.copy(from, block * elements, plain, 0, elements);
        MemorySegment lanes = Scratch.SHARED.borrow(elements);
        inwards.run(plain, lanes);
        Scratch.SHARED.giveBack(plain);
        return lanes;
    }

    /// Collects the images of a block from the lanes from a number in memory on.
    void out(MemorySegment from, long at, float[] to, int block) {
        MemorySegment plain = Scratch.SHARED.borrow(elements);
        outwards.run(from.address() + at * Float.BYTES, plain.address());
        Scratch.copy(plain, 0, to, block * elements, elements);
        Scratch.SHARED.giveBack(plain);
    }
}
