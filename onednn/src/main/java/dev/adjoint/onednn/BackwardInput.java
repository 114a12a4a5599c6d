package dev.adjoint.onednn;

import dev.adjoint.onednn.Sgemm.Extents;
import dev.adjoint.onednn.Sgemm.Matrix;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.util.Arrays;

/// The transpose of the convolution by its input: the columns are the transposed kernel times the cotangent, and each is
/// added to where it was read.
final class BackwardInput implements Kernel {
    private static final int WIDTH = 96;

    private final Images images;
    private final Sgemm sgemm;
    private final Workers workers;
    private final Blocks blocks;
    private final Columns columns;
    private final Scratch seen;
    private final Scratch rows;

    BackwardInput(Images images, Sgemm sgemm, Workers workers) {
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
        float[] ct = inputs[0].floats();
        float[] w = inputs[1].floats();
        float[] x = outputs[0].floats();
        blocks.run(workers, (group, first, end) -> {
            if (images.isPointwise()) {
                Matrix out = new Matrix(x, images.input(first, group), images.positions(), false);
                multiply(w, group, new Matrix(ct, images.output(first, group), images.positions(), false), out, 1);
            } else {
                block(ct, w, x, group, first, end);
            }
        });
    }

    private void block(float[] ct, float[] w, float[] x, int group, int first, int end) {
        int width = (end - first) * images.positions();
        float[] here = seen.borrow();
        Matrix matrix = new Matrix(here, 0, width, false);
        if (end - first == 1) {
            multiply(w, group, new Matrix(ct, images.output(first, group), width, false), matrix, 1);
        } else {
            float[] gathered = rows.borrow();
            blocks.gather(ct, group, first, end, gathered);
            multiply(w, group, new Matrix(gathered, 0, width, false), matrix, end - first);
            rows.giveBack(gathered);
        }
        for (int image = first; image < end; image++) {
            int to = images.input(image, group);
            Arrays.fill(x, to, to + images.in() * images.plane(), 0);
            columns.addBack(here, (image - first) * images.positions(), width, x, to, images.in());
        }
        seen.giveBack(here);
    }

    private void multiply(float[] w, int group, Matrix ct, Matrix out, int count) {
        Matrix kernel = new Matrix(w, images.kernel(group), images.depth(), true);
        Extents extents = new Extents(images.depth(), (long) count * images.positions(), images.out());
        sgemm.multiply(extents, kernel, ct, out, 0);
    }
}
