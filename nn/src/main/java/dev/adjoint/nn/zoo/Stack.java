package dev.adjoint.nn.zoo;

import dev.adjoint.graph.Value;
import dev.adjoint.nn.Activation;
import dev.adjoint.nn.BatchNorm;
import dev.adjoint.nn.Conv2d;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Sequential;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;

/// A network while its layers are put on each other: every layer gets its own key and is made for what comes out of those
/// below it.
final class Stack {
    private final Key key;
    private Shape shape;
    private Sequential layers = Sequential.empty();
    private long given;

    /// @param example the shape of one example
    Stack(Key key, Shape example) {
        this.key = key;
        this.shape = example;
    }

    /// A key that nobody else has.
    Key nextKey() {
        return key.fold(given++);
    }

    /// The shape of one example as it comes out of the layers so far.
    Shape shape() {
        return shape;
    }

    Sequential layers() {
        return layers;
    }

    Stack add(String name, Layer layer) {
        Value x = Value.input("x", new TensorType(DType.F32, shape.prepend(1)));
        Layer typed = Tree.map(layer, w -> Value.input("w", w.type()));
        Shape next = typed.apply(x, Pass.evaluation()).shape();
        layers = layers.then(name, layer);
        shape = next.part(1, next.rank());
        return this;
    }

    Stack relu(String name) {
        return add(name, Activation.relu());
    }

    /// A square convolution with bias.
    Stack conv(String name, long channels, long taps, Window window) {
        return add(name, Conv2d.init(nextKey(), Conv2d.Size.square(shape.dim(0), channels, taps), window));
    }

    /// A square convolution with bias and a ramp.
    Stack convRelu(String name, long channels, long taps, Window window) {
        return conv(name, channels, taps, window).relu(name + "relu");
    }

    /// A square convolution that a batch normalisation follows.
    Stack convNorm(String name, long channels, long taps, Window window) {
        Conv2d conv = Conv2d.init(nextKey(), Conv2d.Size.square(shape.dim(0), channels, taps), window);
        return add(name, conv.unbiased()).add(name + "norm", BatchNorm.init(channels));
    }

    /// An affine map in front of a ramp.
    Stack linear(String name, long out) {
        return add(name, Linear.init(nextKey(), shape.dim(0), out));
    }

    /// An affine map whose results are scores.
    Stack readout(String name, long classes) {
        return add(name, Linear.readout(nextKey(), shape.dim(0), classes));
    }
}
