package dev.adjoint.onednn;

import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.lang.foreign.MemorySegment;

/// The transpose of the convolution by its kernel: `w[o][c,t] = Σ y[o][p]·x[c,t][p]` over all images and positions.
///
/// Blocks of images fall into at most eight chunks by their sizes alone; each chunk sums for itself, and the chunks are
/// added in order. Large kernels have fewer chunks: adding them would cost more than a product.
final class BackwardWeights implements Kernel {
    /// Positions of a block: the sums are read and written once for so many.
    private static final int WIDTH = 256;

    private static final int CHUNKS = 8;
    private static final int CHUNK_ELEMENTS = 1 << 20;

    /// Elements of a part when chunks are added.
    private static final int PART = 1 << 16;

    private final Images images;
    private final Gemm gemm;
    private final Workers workers;
    private final Blocks blocks;
    private final Columns columns;
    private final int perChunk;

    BackwardWeights(Images images, Gemm gemm, Workers workers) {
        this.images = images;
        this.gemm = gemm;
        this.workers = workers;
        this.blocks = Blocks.of(images, WIDTH);
        this.columns = new Columns(images);
        int most = Math.clamp(CHUNK_ELEMENTS / images.w().count(), 2, CHUNKS);
        this.perChunk = Math.max(Math.ceilDiv(blocks.perGroup(), most), Math.min(blocks.perPart(), blocks.perGroup()));
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        int count = (int) images.w().count();
        MemorySegment[] partial = new MemorySegment[Math.ceilDiv(blocks.perGroup(), perChunk)];
        workers.run(partial.length, chunk -> {
            partial[chunk] = Scratch.SHARED.borrow(count);
            int end = Math.min(blocks.perGroup(), (chunk + 1) * perChunk);
            for (int group = 0; group < images.groups(); group++) {
                for (int block = chunk * perChunk; block < end; block++) {
                    boolean isFirst = block == chunk * perChunk;
                    blocks.visit(
                            group, block, (g, first, last) -> block(inputs, partial[chunk], isFirst, g, first, last));
                }
            }
        });
        float[] sum = outputs[0].floats();
        workers.run(Math.ceilDiv(count, PART), part -> add(partial, sum, part * PART));
        for (MemorySegment piece : partial) {
            Scratch.SHARED.giveBack(piece);
        }
    }

    /// Adds one part of all chunks, in order.
    private static void add(MemorySegment[] partial, float[] sum, int from) {
        int count = Math.min(PART, sum.length - from);
        Scratch.copy(partial[0], from, sum, from, count);
        float[] next = new float[count];
        for (int chunk = 1; chunk < partial.length; chunk++) {
            Scratch.copy(partial[chunk], from, next, 0, count);
            for (int i = 0; i < count; i++) {
                sum[from + i] += next[i];
            }
        }
    }

    private void block(Elements[] inputs, MemorySegment sum, boolean isFirst, int group, int first, int end) {
        long width = (long) (end - first) * images.positions();
        MemorySegment seen = Scratch.SHARED.borrow(images.depth() * width);
        MemorySegment rows = Scratch.SHARED.borrow(images.out() * width);
        for (int image = first; image < end; image++) {
            long at = (long) (image - first) * images.positions();
            columns.read(inputs[0].floats(), images.input(image, group), images.in(), seen, at, width);
        }
        blocks.gather(inputs[1].floats(), group, first, end, rows);
        Extents extents = new Extents(images.out(), images.depth(), width);
        Matrix ct = new Matrix(rows, 0, width, false);
        Matrix transposed = new Matrix(seen, 0, width, true);
        Matrix out = new Matrix(sum, images.kernel(group), images.depth(), false);
        if (isFirst) {
            gemm.multiply(extents, ct, transposed, out);
        } else {
            gemm.accumulate(extents, ct, transposed, out);
        }
        Scratch.SHARED.giveBack(seen);
        Scratch.SHARED.giveBack(rows);
    }
}
