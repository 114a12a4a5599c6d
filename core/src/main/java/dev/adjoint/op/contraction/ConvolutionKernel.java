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

/// The transpose of [Convolution] by its kernel, also called backward weights:
/// w[o,c,k] = Σ_{n,p} x[n,c,p·stride + k·dilation − low]·y[n,o,p].
///
/// x is `[N,C,spatial…]`, y is `[N,O,positions…]`, the result `[O,C/groups,taps…]`.
///
/// @param window stride, padding and dilation of the convolution
/// @param groups the number of channel groups
/// @param taps the spatial extents of the kernel
public record ConvolutionKernel(Window window, long groups, Shape taps) implements Contraction {
    public ConvolutionKernel {
        new ConvolutionLaw("convolutionkernel", window, groups).checkSpatial("taps", taps);
    }

    @Override
    public TensorType infer(TensorType x, TensorType y) {
        if (x.rank() != window.rank() + 2 || y.rank() != x.rank() || x.dim(0) != y.dim(0)) {
            throw new ShapeMismatch(
                    name(),
                    List.of(x, y),
                    "both operands need " + (window.rank() + 2) + " axes and equal batches (axis 0)");
        }
        if (x.dim(1) % groups != 0 || y.dim(1) % groups != 0) {
            throw new ShapeMismatch(
                    name(), List.of(x, y), "channels (axis 1) must be multiples of " + groups + " groups");
        }
        Shape positions = window.positions(x.shape().part(2, x.rank()), taps);
        if (!positions.equals(y.shape().part(2, y.rank()))) {
            throw new ShapeMismatch(
                    name(), List.of(x, y), "a kernel of " + taps + " has " + positions + " window positions");
        }
        return x.withShape(taps.prepend(y.dim(1), x.dim(1) / groups));
    }

    @Override
    public Tensor transposeLeft(Tensor ct, Call call) {
        Shape spatial = call.x().shape().part(2, call.x().rank());
        return call.y().apply(new ConvolutionInput(window, groups, spatial), ct);
    }

    @Override
    public Tensor transposeRight(Tensor ct, Call call) {
        return call.x().apply(new Convolution(window, groups), ct);
    }

    @Override
    public LoopNest loops(TensorType x, TensorType y) {
        return ConvolutionLoops.of(
                        window, groups, List.of(x.shape(), infer(x, y).shape(), y.shape()))
                .exchangeRight();
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        return List.of(new ConvolutionBatch(operands).kernel(this));
    }

    @Override
    public String formula() {
        return "w[o,c,k] = Σ x[n,c,p·s + k·d − low]·y[n,o,p]";
    }

    public static List<Sample> samples() {
        Window plain = Window.dense(2);
        return List.of(
                Sample.of(new ConvolutionKernel(plain, 1, Shape.of(2, 3)))
                        .normal(2, 2, 4, 5)
                        .normal(2, 3, 3, 3),
                Sample.of(new ConvolutionKernel(plain.stride(2).padding(1), 1, Shape.of(3, 3)))
                        .normal(1, 1, 5, 4)
                        .normal(1, 2, 3, 2),
                Sample.of(new ConvolutionKernel(plain, 2, Shape.of(2, 2)))
                        .normal(1, 2, 3, 3)
                        .normal(1, 2, 2, 2));
    }
}
