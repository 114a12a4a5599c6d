package dev.adjoint.onednn;

import dev.adjoint.onednn.Sgemm.Extents;
import dev.adjoint.onednn.Sgemm.Matrix;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

/// The convolution as a product of the kernel with the images' columns: `y[o][p] = Σ w[o][c,t]·x[c,t][p]`.
final class ForwardConvolution implements Kernel {
    private static final int WIDTH = 96;

    private final Images images;
    private final Sgemm sgemm;
    private final Workers workers;
    private final Blocks blocks;
    private final Columns columns;
    private final Scratch seen;
    private final Scratch rows;

    ForwardConvolution(Images images, Sgemm sgemm, Workers workers) {
        this.images = images;
        this.sgemm = sgemm;
        this.workers = workers;
        this.blocks = Blocks.of(images, images.isPointwise() ? 1 : WIDTH);
        this.columns = new Columns(images);
        this.seen = new Scratch((long) images.depth() * blocks.width());
        this.rows = new Scratch((long) images.out() * blocks.width());
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] x = inputs[0].floats();
        float[] w = inputs[1].floats();
        float[] y = outputs[0].floats();
        blocks.run(workers, (group, first, end) -> {
            if (images.isPointwise()) {
                Matrix seenHere = new Matrix(x, images.input(first, group), images.positions(), false);
                multiply(w, group, seenHere, new Matrix(y, images.output(first, group), images.positions(), false), 1);
            } else {
                block(x, w, y, group, first, end);
            }
        });
    }

    private void block(float[] x, float[] w, float[] y, int group, int first, int end) {
        int width = (end - first) * images.positions();
        float[] here = seen.borrow();
        for (int image = first; image < end; image++) {
            int at = (image - first) * images.positions();
            columns.read(x, images.input(image, group), images.in(), here, at, width);
        }
        Matrix matrix = new Matrix(here, 0, width, false);
        if (end - first == 1) {
            multiply(w, group, matrix, new Matrix(y, images.output(first, group), width, false), 1);
        } else {
            float[] results = rows.borrow();
            multiply(w, group, matrix, new Matrix(results, 0, width, false), end - first);
            blocks.scatter(results, group, first, end, y);
            rows.giveBack(results);
        }
        seen.giveBack(here);
    }

    private void multiply(float[] w, int group, Matrix seenHere, Matrix out, int count) {
        Matrix kernel = new Matrix(w, images.kernel(group), images.depth(), false);
        Extents extents = new Extents(images.out(), (long) count * images.positions(), images.depth());
        sgemm.multiply(extents, kernel, seenHere, out, 0);
    }
}
