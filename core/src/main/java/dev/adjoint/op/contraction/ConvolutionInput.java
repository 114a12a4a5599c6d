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

/// The transpose of [Convolution] by its input, also called transposed convolution or backward data:
/// x[n,c,p·stride + k·dilation − low] = Σ_{o} y[n,o,p]·w[o,c,k].
///
/// y is `[N,O,positions…]`, w is `[O,C/groups,taps…]`, the result `[N,C,spatial…]`.
///
/// @param window stride, padding and dilation of the convolution
/// @param groups the number of channel groups
/// @param spatial the spatial extents of the result, which the window alone does not determine
public record ConvolutionInput(Window window, long groups, Shape spatial) implements Contraction {
    public ConvolutionInput {
        new ConvolutionLaw("convolutioninput", window, groups).checkSpatial("spatial extents", spatial);
    }

    @Override
    public TensorType infer(TensorType y, TensorType w) {
        if (y.rank() != window.rank() + 2 || w.rank() != y.rank() || w.dim(0) != y.dim(1) || y.dim(1) % groups != 0) {
            throw new ShapeMismatch(
                    name(),
                    List.of(y, w),
                    "channels of the left side (axis 1) must equal rows of the kernel (axis 0)"
                            + " and be a multiple of " + groups + " groups");
        }
        Shape positions = window.positions(spatial, w.shape().part(2, w.rank()));
        if (!positions.equals(y.shape().part(2, y.rank()))) {
            throw new ShapeMismatch(
                    name(), List.of(y, w), "spatial extents " + spatial + " have " + positions + " window positions");
        }
        return y.withShape(spatial.prepend(y.dim(0), w.dim(1) * groups));
    }

    @Override
    public Tensor transposeLeft(Tensor ct, Call call) {
        return ct.apply(new Convolution(window, groups), call.y());
    }

    @Override
    public Tensor transposeRight(Tensor ct, Call call) {
        Shape taps = call.y().shape().part(2, call.y().rank());
        return ct.apply(new ConvolutionKernel(window, groups, taps), call.x());
    }

    @Override
    public LoopNest loops(TensorType y, TensorType w) {
        return ConvolutionLoops.of(window, groups, List.of(infer(y, w).shape(), w.shape(), y.shape()))
                .exchangeLeft();
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        return List.of(new ConvolutionBatch(operands).input(this));
    }

    @Override
    public String formula() {
        return "x[n,c,p·s + k·d − low] = Σ y[n,o,p]·w[o,c,k]";
    }

    @Override
    public String onnx() {
        return "ConvTranspose";
    }

    public static List<Sample> samples() {
        Window plain = Window.dense(2);
        return List.of(
                Sample.of(new ConvolutionInput(plain, 1, Shape.of(4, 5)))
                        .normal(2, 3, 3, 3)
                        .normal(3, 2, 2, 3),
                Sample.of(new ConvolutionInput(plain.stride(2).padding(1), 1, Shape.of(5, 4)))
                        .normal(1, 2, 3, 2)
                        .normal(2, 1, 3, 3),
                Sample.of(new ConvolutionInput(plain, 2, Shape.of(3, 3)))
                        .normal(1, 2, 2, 2)
                        .normal(2, 1, 2, 2));
    }
}
