package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;

/// The gradient by few kernels of a convolution of images of one channel:
/// `∂w[o][t] = Σₙ Σₚ x[n][p+t]·∂y[n][o][p]` is the sum over the images of their convolutions with the cotangents as kernels.
/// The sixteen images of a block are added up in order, then the blocks.
final class SingleChannelGradient implements Kernel {
    private final LanePort x;
    private final LanePort y;
    private final LaneConvolution convolution;
    private final int kernels;
    private final int blocks;
    private final int taps;
    private final Workers workers;
    private final Pool<float[]> lanes;

    /// What every block adds.
    private final Pool<float[]> sums;

    /// @throws IllegalStateException if the library has no code of its own for it
    SingleChannelGradient(Dnnl dnnl, Images images, Workers workers) {
        Shape image = images.x();
        Shape result = images.y();
        this.x = new LanePort(dnnl, image);
        this.y = new LanePort(dnnl, result);
        this.convolution = new LaneConvolution(dnnl, images.window(), image.part(2, 4), result.part(2, 4));
        this.kernels = (int) images.w().dim(0);
        this.blocks = images.count() / ImageLanes.COUNT;
        this.taps = (int) images.w().count();
        this.workers = workers;
        this.lanes = new Pool<>(() -> new float[taps * ImageLanes.COUNT]);
        this.sums = new Pool<>(() -> new float[blocks * taps]);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] from = inputs[0].floats();
        float[] cotangents = inputs[1].floats();
        float[] all = sums.borrow();
        workers.run(blocks, block -> {
            MemorySegment planes = x.in(from, block);
            MemorySegment weights = y.in(cotangents, block);
            MemorySegment results = Scratch.SHARED.borrow((long) taps * ImageLanes.COUNT);
            convolution.run(planes, weights, results, kernels);
            Scratch.SHARED.giveBack(planes);
            Scratch.SHARED.giveBack(weights);
            add(results, all, block);
            Scratch.SHARED.giveBack(results);
        });
        add(all, outputs[0].floats());
        sums.giveBack(all);
    }

    private void add(MemorySegment results, float[] to, int block) {
        float[] numbers = lanes.borrow();
        Scratch.copy(results, 0, numbers, 0, numbers.length);
        for (int tap = 0; tap < taps; tap++) {
            float sum = 0;
            for (int lane = 0; lane < ImageLanes.COUNT; lane++) {
                sum += numbers[tap * ImageLanes.COUNT + lane];
            }
            to[block * taps + tap] = sum;
        }
        lanes.giveBack(numbers);
    }

    private void add(float[] all, float[] to) {
        System.arraycopy(all, 0, to, 0, taps);
        for (int block = 1; block < blocks; block++) {
            for (int tap = 0; tap < taps; tap++) {
                to[tap] += all[block * taps + tap];
            }
        }
    }
}
