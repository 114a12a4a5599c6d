package dev.adjoint.op.contraction;

import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Contraction;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The convolution of deep learning (a cross-correlation): y[n,o,p] = Σ_{c,k} x[n,c,p·stride + k·dilation − low]·w[o,c,k].
///
/// x is `[N,C,spatial…]`, w is `[O,C/groups,taps…]`, the result `[N,O,positions…]`; any number of spatial axes. Channels
/// fall into `groups` that do not see each other.
///
/// @param window stride, padding and dilation
/// @param groups the number of channel groups
public record Convolution(Window window, long groups) implements Contraction {
    public Convolution {
        var _ = new ConvolutionLaw("convolution", window, groups);
    }

    @Override
    public TensorType infer(TensorType x, TensorType w) {
        new ConvolutionLaw(name(), window, groups).check(x, w);
        Shape positions =
                window.positions(x.shape().part(2, x.rank()), w.shape().part(2, w.rank()));
        if (positions.count() == 0 && x.shape().part(2, x.rank()).count() > 0) {
            throw new ShapeMismatch(
                    name(),
                    List.of(x, w),
                    "the window is larger than the padded input; add padding, for instance" + " Window.padding(1)");
        }
        return x.withShape(positions.prepend(x.dim(0), w.dim(0)));
    }

    @Override
    public Tensor transposeLeft(Tensor ct, Call call) {
        Shape spatial = call.x().shape().part(2, call.x().rank());
        return ct.apply(new ConvolutionInput(window, groups, spatial), call.y());
    }

    @Override
    public Tensor transposeRight(Tensor ct, Call call) {
        Shape taps = call.y().shape().part(2, call.y().rank());
        return call.x().apply(new ConvolutionKernel(window, groups, taps), ct);
    }

    @Override
    public LoopNest loops(TensorType x, TensorType w) {
        return ConvolutionLoops.of(
                window, groups, List.of(x.shape(), w.shape(), infer(x, w).shape()));
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        return List.of(new ConvolutionBatch(operands).convolution(this));
    }

    @Override
    public String formula() {
        return "y[n,o,p] = Σ x[n,c,p·s + k·d − low]·w[o,c,k]";
    }

    @Override
    public String vanishes(int operand) {
        return "where the other factor is 0";
    }

    @Override
    public String onnx() {
        return "Conv";
    }

    public static List<Sample> samples() {
        Window plain = Window.dense(2);
        return List.of(
                Sample.of(new Convolution(plain, 1)).normal(2, 2, 4, 5).normal(3, 2, 2, 3),
                Sample.of(new Convolution(plain.stride(2).padding(1), 1))
                        .normal(1, 1, 5, 4)
                        .normal(2, 1, 3, 3),
                Sample.of(new Convolution(plain.dilation(2), 2))
                        .normal(1, 4, 5, 5)
                        .normal(2, 2, 2, 2),
                Sample.of(new Convolution(Window.dense(1).padding(1), 1))
                        .normal(2, 2, 5)
                        .normal(2, 2, 3),
                Sample.of(new Convolution(Window.dense(3), 1))
                        .normal(1, 1, 3, 2, 3)
                        .normal(1, 1, 2, 2, 2));
    }
}
