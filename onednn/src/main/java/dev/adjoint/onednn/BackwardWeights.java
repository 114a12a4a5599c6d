package dev.adjoint.onednn;

import dev.adjoint.onednn.Sgemm.Extents;
import dev.adjoint.onednn.Sgemm.Matrix;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

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
    private final Sgemm sgemm;
    private final Workers workers;
    private final Blocks blocks;
    private final Columns columns;
    private final int perChunk;
    private final Scratch seen;
    private final Scratch rows;
    private final Scratch sums;

    BackwardWeights(Images images, Sgemm sgemm, Workers workers) {
        this.images = images;
        this.sgemm = sgemm;
        this.workers = workers;
        this.blocks = Blocks.of(images, WIDTH);
        this.columns = new Columns(images);
        int most = Math.clamp(CHUNK_ELEMENTS / images.w().count(), 2, CHUNKS);
        this.perChunk = Math.max(Math.ceilDiv(blocks.perGroup(), most), Math.min(blocks.perPart(), blocks.perGroup()));
        this.seen = new Scratch((long) images.depth() * blocks.width());
        this.rows = new Scratch((long) images.out() * blocks.width());
        this.sums = new Scratch(images.w().count());
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[][] partial = new float[Math.ceilDiv(blocks.perGroup(), perChunk)][];
        workers.run(partial.length, chunk -> {
            float[] sum = chunk == 0 ? outputs[0].floats() : sums.borrow();
            int end = Math.min(blocks.perGroup(), (chunk + 1) * perChunk);
            for (int group = 0; group < images.groups(); group++) {
                for (int block = chunk * perChunk; block < end; block++) {
                    float beta = block == chunk * perChunk ? 0 : 1;
                    blocks.visit(group, block, (g, first, last) -> block(inputs, sum, beta, g, first, last));
                }
            }
            partial[chunk] = sum;
        });
        add(partial);
    }

    private void add(float[][] partial) {
        float[] total = partial[0];
        workers.run(Math.ceilDiv(total.length, PART), part -> {
            int end = Math.min(total.length, (part + 1) * PART);
            for (int chunk = 1; chunk < partial.length; chunk++) {
                add(partial[chunk], total, part * PART, end);
            }
        });
        for (int chunk = 1; chunk < partial.length; chunk++) {
            sums.giveBack(partial[chunk]);
        }
    }

    private static void add(float[] x, float[] y, int from, int end) {
        for (int i = from; i < end; i++) {
            y[i] += x[i];
        }
    }

    private void block(Elements[] inputs, float[] sum, float beta, int group, int first, int end) {
        float[] x = inputs[0].floats();
        float[] ct = inputs[1].floats();
        int width = (end - first) * images.positions();
        float[] here = seen.borrow();
        for (int image = first; image < end; image++) {
            int at = (image - first) * images.positions();
            columns.read(x, images.input(image, group), images.in(), here, at, width);
        }
        Extents extents = new Extents(images.out(), images.depth(), width);
        Matrix transposed = new Matrix(here, 0, width, true);
        Matrix out = new Matrix(sum, images.kernel(group), images.depth(), false);
        if (end - first == 1) {
            sgemm.multiply(extents, new Matrix(ct, images.output(first, group), width, false), transposed, out, beta);
        } else {
            float[] gathered = rows.borrow();
            blocks.gather(ct, group, first, end, gathered);
            sgemm.multiply(extents, new Matrix(gathered, 0, width, false), transposed, out, beta);
            rows.giveBack(gathered);
        }
        seen.giveBack(here);
    }
}
