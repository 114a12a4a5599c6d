package dev.adjoint.draw;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Tensor graphs that several tests draw.
final class SampleGraphs {
    static final Set<String> LENET_PARAMETERS = Set.of(
            "conv1.weight",
            "conv1.bias",
            "conv2.weight",
            "conv2.bias",
            "hidden.weight",
            "hidden.bias",
            "readout.weight",
            "readout.bias");

    private SampleGraphs() {}

    /// The mean cross entropy of a LeNet on a batch of 64 images of 28 by 28.
    static Graph lenet() {
        List<Value> inputs = new ArrayList<>();
        Value image = input(inputs, "image", DType.F32, 64, 1, 28, 28);
        Tensor x = convolution(inputs, "conv1", image, 6, 5);
        x = convolution(inputs, "conv2", x, 16, 3);
        x = x.reshape(64, 16 * 25);
        x = linear(inputs, "hidden", x, 84).relu();
        x = linear(inputs, "readout", x, 10);
        Value labels = input(inputs, "labels", DType.I64, 64);
        Tensor loss = x.crossEntropy(labels).mean().mul(0.5);
        return new Graph(inputs, List.of(Value.of(loss)));
    }

    private static Value input(List<Value> inputs, String label, DType dtype, long... dims) {
        Value input = Value.input(label, TensorType.of(dtype, dims));
        inputs.add(input);
        return input;
    }

    private static Tensor convolution(List<Value> inputs, String name, Tensor x, long channels, long taps) {
        Value weight = input(inputs, name + ".weight", DType.F32, channels, x.dim(1), taps, taps);
        Value bias = input(inputs, name + ".bias", DType.F32, channels);
        Tensor y = x.conv2d(weight, Window.dense(2)).add(bias.reshape(channels, 1, 1));
        return y.relu().maxPool(Window.dense(2).stride(2), Shape.of(2, 2));
    }

    private static Tensor linear(List<Value> inputs, String name, Tensor x, long width) {
        Value weight = input(inputs, name + ".weight", DType.F32, x.dim(1), width);
        Value bias = input(inputs, name + ".bias", DType.F32, width);
        return x.matmul(weight).add(bias);
    }
}
