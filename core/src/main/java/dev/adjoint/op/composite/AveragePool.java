package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The mean of the elements under each position of a sliding window: y[…,p] = (1/|k|)·Σₖ x[…,p·stride + k·dilation − low],
/// padding counting as zeros.
///
/// @param window stride, padding and dilation over the last axes
/// @param taps the extents of the window
public record AveragePool(Window window, Shape taps) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return FloatingLaw.pool(this, operands, window, taps);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor padded = Pooling.pad(operands.getFirst(), window, 0);
        return padded.apply(new Unfold(window.padding(0), taps)).mean(Pooling.tapAxes(taps));
    }

    @Override
    public String formula() {
        return "(1/|k|)·Σₖ x[p·s + k·d − low]";
    }

    @Override
    public String onnx() {
        return "AveragePool";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new AveragePool(Window.dense(2).stride(2), Shape.of(2, 2)))
                        .normal(2, 1, 4, 4),
                Sample.of(new AveragePool(Window.dense(2).padding(1), Shape.of(3, 2)))
                        .normal(1, 2, 3, 4));
    }
}
