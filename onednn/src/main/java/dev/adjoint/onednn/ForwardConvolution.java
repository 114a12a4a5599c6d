package dev.adjoint.onednn;

import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.lang.foreign.MemorySegment;

/// The convolution as a product of the kernel with the images' columns: `y[o][p] = Σ w[o][c,t]·x[c,t][p]`.
final class ForwardConvolution implements Kernel {
    /// Positions of a block: a product that is narrower is slower.
    private static final int WIDTH = 96;

    private final Images images;
    private final Gemm gemm;
    private final Workers workers;
    private final Blocks blocks;
    private final Columns columns;

    ForwardConvolution(Images images, Gemm gemm, Workers workers) {
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
        run(inputs[0].floats(), inputs[1].floats(), outputs[0].floats());
    }

    void run(float[] x, float[] w, float[] y) {
        MemorySegment kernel = Scratch.SHARED.borrow(w.length);
        Scratch.copy(w, 0, kernel, 0, w.length);
        blocks.run(workers, (group, first, end) -> block(x, kernel, y, group, first, end));
        Scratch.SHARED.giveBack(kernel);
    }

    private void block(float[] x, MemorySegment w, float[] y, int group, int first, int end) {
        long width = (long) (end - first) * images.positions();
        MemorySegment seen = Scratch.SHARED.borrow(images.depth() * width);
        MemorySegment rows = Scratch.SHARED.borrow(images.out() * width);
        for (int image = first; image < end; image++) {
            long at = (long) (image - first) * images.positions();
            columns.read(x, images.input(image, group), images.in(), seen, at, width);
        }
        gemm.multiply(
                new Extents(images.out(), width, images.depth()),
                new Matrix(w, images.kernel(group), images.depth(), false),
                new Matrix(seen, 0, width, false),
                new Matrix(rows, 0, width, false));
        blocks.scatter(rows, group, first, end, y);
        Scratch.SHARED.giveBack(seen);
        Scratch.SHARED.giveBack(rows);
    }
}
