package dev.adjoint.onednn;

import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.onednn.Primitive.Argument;
import dev.adjoint.op.contraction.Window.Axis;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The gradient by images of few channels, for sixteen images at a time, as lanes:
/// `∂x[c][r][s] = Σᵢ Σ₍ⱼ,ₒ₎ w[o][c][i][j]·∂y[o][r−i][s−j]`.
///
/// For every row of taps `i` it is one product of matrices, whose depth are the channels of the result once for every column
/// of taps: their rows stand with as many zeros around them as the columns of taps reach, once for each column. What it makes is
/// added to the images from the row of taps on.
final class FewChannelsGradient implements Kernel {
    private final Workers workers;
    private final LanePort x;
    private final LanePort y;
    private final Primitive widening;
    private final Gemm gemm;
    private final Shape w;
    private final int blocks;

    /// Columns and rows that the taps reach: those of an image with its padding.
    private final long columns;

    private final long rows;

    /// Columns of the products: numbers of a channel of the cotangents, moved apart.
    private final long channel;

    /// Numbers of the padding before the first of an image, which are dropped.
    private final long cut;

    private final Product product;

    /// Right factors: what is zero in one, stays so.
    private final Pool<MemorySegment> shifted;

    private final Pool<float[]> turned;

    /// @throws IllegalStateException if the library has no such product
    FewChannelsGradient(Dnnl dnnl, Images images, Workers workers) {
        Shape result = images.y();
        Axis vertical = images.window().axes().get(0);
        Axis horizontal = images.window().axes().get(1);
        this.workers = workers;
        this.w = images.w();
        this.blocks = images.count() / ImageLanes.COUNT;
        this.columns = result.dim(3) + w.dim(3) - 1;
        this.rows = result.dim(2) + w.dim(2) - 1;
        this.channel = result.dim(2) * columns * ImageLanes.COUNT;
        this.cut = (vertical.low() * columns + horizontal.low()) * ImageLanes.COUNT;
        this.x = new LanePort(dnnl, images.x(), columns, rows);
        this.y = new LanePort(dnnl, result);
        this.widening = widening(dnnl, result);
        this.gemm = new Gemm(dnnl, Numbers.FLOAT32);
        this.product = product();
        this.shifted = new Pool<>(() -> Scratch.allocate(depth() * channel));
        this.turned = new Pool<>(() -> new float[(int) w.count()]);
    }

    /// Moves the rows of cotangents apart, so that there is room for what the taps reach.
    private Primitive widening(Dnnl dnnl, Shape result) {
        String tensor = "dnnl_memory_desc_destroy";
        Natives natives = new Natives(this, dnnl);
        Shape rowsOf = Shape.of(result.dim(1), result.dim(2), result.dim(3) * ImageLanes.COUNT);
        long[] apart = {channel, columns * ImageLanes.COUNT, 1};
        MemorySegment from = natives.own(tensor, dnnl.tensor(rowsOf.dims(), rowsOf.strides()));
        MemorySegment to = natives.own(tensor, dnnl.tensor(rowsOf.dims(), apart));
        return new Primitive(
                dnnl,
                dnnl.reorder(from, to),
                List.of(new Argument(Dnnl.SOURCE, from), new Argument(Dnnl.DESTINATION, to)));
    }

    /// @throws IllegalStateException if the library has no code of its own for it
    private Product product() {
        MemorySegment none = MemorySegment.NULL;
        Product made = gemm.product(gemm.form(
                        new Extents(w.dim(1), channel, depth()),
                        new Matrix(none, 0, depth(), false),
                        new Matrix(none, 0, channel, false),
                        new Matrix(none, 0, imageChannel(), false))
                .adding());
        if (!made.isFast()) {
            throw new IllegalStateException("the library has no code of its own for such a product");
        }
        return made;
    }

    private long depth() {
        return w.dim(0) * w.dim(3);
    }

    private long imageChannel() {
        return rows * columns * ImageLanes.COUNT;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] cotangents = inputs[0].floats();
        float[] to = outputs[0].floats();
        MemorySegment weights = weights(inputs[1].floats());
        workers.run(blocks, block -> {
            MemorySegment right = shifted.borrow();
            shift(cotangents, block, right);
            MemorySegment images = Scratch.SHARED.borrow(w.dim(1) * imageChannel());
            multiply(weights, right, images);
            shifted.giveBack(right);
            x.out(images, cut, to, block);
            Scratch.SHARED.giveBack(images);
        });
        Scratch.SHARED.giveBack(weights);
    }

    /// The taps as `[row,in,column,out]`.
    private MemorySegment weights(float[] from) {
        int out = (int) w.dim(0);
        int in = (int) w.dim(1);
        int taps = (int) w.part(2, 4).count();
        int across = (int) w.dim(3);
        float[] to = turned.borrow();
        int at = 0;
        for (int i = 0; i < taps; i += across) {
            for (int c = 0; c < in; c++) {
                for (int j = 0; j < across; j++) {
                    for (int o = 0; o < out; o++) {
                        to[at++] = from[(o * in + c) * taps + i + j];
                    }
                }
            }
        }
        MemorySegment weights = Scratch.SHARED.borrow(to.length);
        Scratch.copy(to, 0, weights, 0, to.length);
        turned.giveBack(to);
        return weights;
    }

    private void shift(float[] cotangents, int block, MemorySegment to) {
        MemorySegment lanes = y.in(cotangents, block);
        for (long column = 0; column < w.dim(3); column++) {
            long at = column * (w.dim(0) * channel + ImageLanes.COUNT);
            widening.run(lanes.address(), gemm.address(to, at));
        }
        Scratch.SHARED.giveBack(lanes);
    }

    private void multiply(MemorySegment weights, MemorySegment right, MemorySegment images) {
        images.asSlice(0, w.dim(1) * imageChannel() * Float.BYTES).fill((byte) 0);
        for (long i = 0; i < w.dim(2); i++) {
            product.run(
                    gemm.address(weights, i * w.dim(1) * depth()),
                    right.address(),
                    gemm.address(images, i * columns * ImageLanes.COUNT));
        }
    }
}
