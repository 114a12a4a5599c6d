package dev.adjoint.onednn;

import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The transpose of the convolution by its input: the columns are the transposed kernel times the cotangent, and each is
/// added to where it was read.
final class BackwardInput implements Kernel {
    /// Positions of a block: a product that is narrower is slower.
    private static final int WIDTH = 96;

    private final Images images;
    private final Gemm gemm;
    private final Workers workers;
    private final Blocks blocks;
    private final Columns columns;

    BackwardInput(Images images, Gemm gemm, Workers workers) {
        this.images = images;
        this.gemm = gemm;
        this.workers = workers;
        this.blocks = Blocks.of(images, WIDTH);
        this.columns = new Columns(images);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] w = inputs[1].floats();
        MemorySegment kernel = Scratch.SHARED.borrow(w.length);
        Scratch.copy(w, 0, kernel, 0, w.length);
        float[] ct = inputs[0].floats();
        float[] x = outputs[0].floats();
        blocks.run(workers, (group, first, end) -> block(ct, kernel, x, group, first, end));
        Scratch.SHARED.giveBack(kernel);
    }

    private void block(float[] ct, MemorySegment w, float[] x, int group, int first, int end) {
        long width = (long) (end - first) * images.positions();
        MemorySegment seen = Scratch.SHARED.borrow(images.depth() * width);
        MemorySegment rows = Scratch.SHARED.borrow(images.out() * width);
        blocks.gather(ct, group, first, end, rows);
        gemm.multiply(
                new Extents(images.depth(), width, images.out()),
                new Matrix(w, images.kernel(group), images.depth(), true),
                new Matrix(rows, 0, width, false),
                new Matrix(seen, 0, width, false));
        for (int image = first; image < end; image++) {
            int to = images.input(image, group);
            Arrays.fill(x, to, to + images.in() * images.plane(), 0);
            columns.addBack(seen, (long) (image - first) * images.positions(), width, x, to, images.in());
        }
        Scratch.SHARED.giveBack(seen);
        Scratch.SHARED.giveBack(rows);
    }
}
