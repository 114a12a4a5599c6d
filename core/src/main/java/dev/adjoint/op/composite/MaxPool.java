package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The largest element under each position of a sliding window: y[…,p] = maxₖ x[…,p·stride + k·dilation − low], padding
/// counting as −∞. The winner receives the cotangent; winners that tie share it equally.
///
/// @param window stride, padding and dilation over the last axes
/// @param taps the extents of the window
public record MaxPool(Window window, Shape taps) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return FloatingLaw.pool(this, operands, window, taps);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor padded = Pooling.pad(operands.getFirst(), window, Double.NEGATIVE_INFINITY);
        return padded.apply(new Unfold(window.padding(0), taps)).max(Pooling.tapAxes(taps));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        return Optional.of(call.x().apply(new MaxPoolGradient(window, taps), call.out(), ct));
    }

    @Override
    public String formula() {
        return "maxₖ x[p·s + k·d − low]";
    }

    @Override
    public String vanishes(int operand) {
        return "to elements that are not the largest of a window";
    }

    @Override
    public String onnx() {
        return "MaxPool";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new MaxPool(Window.dense(2).stride(2), Shape.of(2, 2)))
                        .normal(2, 1, 4, 4),
                Sample.of(new MaxPool(Window.dense(2).padding(1), Shape.of(3, 2)))
                        .normal(1, 2, 3, 4),
                Sample.of(new MaxPool(Window.dense(1).stride(2).dilation(2), Shape.of(2)))
                        .normal(2, 5));
    }
}
