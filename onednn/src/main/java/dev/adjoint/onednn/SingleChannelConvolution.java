package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A convolution of images of one channel with few kernels: sixteen images are convolved with each as planes of one image.
final class SingleChannelConvolution implements Kernel {
    private final LanePort x;
    private final LanePort y;
    private final LaneConvolution convolution;
    private final int kernels;
    private final int blocks;
    private final int taps;
    private final Workers workers;

    /// The taps of all kernels, each as often as there are lanes.
    private final Pool<float[]> repeated;

    /// @throws IllegalStateException if the library has no code of its own for it
    SingleChannelConvolution(Dnnl dnnl, Images images, Workers workers) {
        Shape image = images.x();
        Shape w = images.w();
        this.x = new LanePort(dnnl, image);
        this.y = new LanePort(dnnl, images.y());
        this.convolution = new LaneConvolution(dnnl, images.window(), image.part(2, 4), w.part(2, 4));
        this.kernels = (int) w.dim(0);
        this.blocks = images.count() / ImageLanes.COUNT;
        this.taps = (int) w.count();
        this.workers = workers;
        this.repeated = new Pool<>(() -> new float[taps * ImageLanes.COUNT]);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] from = inputs[0].floats();
        float[] to = outputs[0].floats();
        MemorySegment weights = weights(inputs[1].floats());
        workers.run(blocks, block -> {
            MemorySegment planes = x.in(from, block);
            MemorySegment results = Scratch.SHARED.borrow(y.elements());
            convolution.run(planes, weights, results, kernels);
            Scratch.SHARED.giveBack(planes);
            y.out(results, 0, to, block);
            Scratch.SHARED.giveBack(results);
        });
        Scratch.SHARED.giveBack(weights);
    }

    private MemorySegment weights(float[] w) {
        float[] lanes = repeated.borrow();
        for (int i = 0; i < taps; i++) {
            Arrays.fill(lanes, i * ImageLanes.COUNT, (i + 1) * ImageLanes.COUNT, w[i]);
        }
        MemorySegment weights = Scratch.SHARED.borrow(lanes.length);
        Scratch.copy(lanes, 0, weights, 0, lanes.length);
        repeated.giveBack(lanes);
        return weights;
    }
}
