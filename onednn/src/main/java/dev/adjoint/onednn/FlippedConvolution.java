package dev.adjoint.onednn;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.contraction.Window.Axis;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// The transpose of a convolution of stride 1 by its input, which is a convolution itself: of the cotangent, with the
/// channels of the kernel swapped and its taps in reverse order. Reading columns is cheaper than adding them back.
///
/// The convolution multiplies the kernel with its padding, the transpose does not: where the kernel holds an infinity or a
/// NaN, and a product with 0 would show, the columns are added back after all.
final class FlippedConvolution implements Kernel {
    private final Images images;
    private final ForwardConvolution convolution;
    private final BackwardInput addingBack;

    private FlippedConvolution(Images images, ForwardConvolution convolution, BackwardInput addingBack) {
        this.images = images;
        this.convolution = convolution;
        this.addingBack = addingBack;
    }

    /// Whether the transpose is a convolution: stride 1, and no more padding than the window reaches.
    static boolean applies(Images images) {
        for (int i = 0; i < images.window().rank(); i++) {
            Axis axis = images.window().axes().get(i);
            long reach = axis.dilation() * (images.taps().dim(i) - 1);
            if (axis.stride() != 1 || axis.low() > reach || axis.high() > reach) {
                return false;
            }
        }
        return true;
    }

    static FlippedConvolution of(Images images, Gemm gemm, Workers workers) {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < images.window().rank(); i++) {
            Axis axis = images.window().axes().get(i);
            long reach = axis.dilation() * (images.taps().dim(i) - 1);
            axes.add(new Axis(1, reach - axis.low(), reach - axis.high(), axis.dilation()));
        }
        Shape ct = Shape.of(images.x().dim(0), images.w().dim(0))
                .append(images.window().positions(images.spatial(), images.taps()));
        Shape w = Shape.of(images.groups() * images.in(), images.out()).append(images.taps());
        Images flipped = new Images(new Window(axes), images.groups(), ct, w);
        return new FlippedConvolution(
                images, new ForwardConvolution(flipped, gemm, workers), new BackwardInput(images, gemm, workers));
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] w = inputs[1].floats();
        if (isFinite(w)) {
            convolution.run(inputs[0].floats(), flipped(w), outputs[0].floats());
        } else {
            addingBack.run(inputs, outputs);
        }
    }

    private static boolean isFinite(float[] w) {
        float zero = 0;
        for (float value : w) {
            zero += 0 * value;
        }
        return zero == 0;
    }

    /// `[group,out,in,tap]` as `[group,in,out,last tap − tap]`.
    private float[] flipped(float[] w) {
        int taps = (int) images.taps().count();
        float[] flipped = new float[w.length];
        for (int group = 0; group < images.groups(); group++) {
            int start = images.kernel(group);
            for (int out = 0; out < images.out(); out++) {
                for (int in = 0; in < images.in(); in++) {
                    int from = start + (out * images.in() + in) * taps;
                    int to = start + (in * images.out() + out) * taps + taps - 1;
                    for (int tap = 0; tap < taps; tap++) {
                        flipped[to - tap] = w[from + tap];
                    }
                }
            }
        }
        return flipped;
    }
}
