package dev.adjoint.nn;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Networks by name: each is built from a key, the shape of an example and the number of classes, and gives a score for
/// every class.
public enum Models {
    /// Two convolutions with pooling and two affine maps.
    ///
    /// After LeNet-5 (LeCun, Bottou, Bengio, Haffner, 1998), with ramps, maximum pooling and kernels of 3×3.
    LENET("lenet", "two convolutions with pooling, two affine maps; examples [channels,height,width]") {
        @Override
        public Sequential init(Key key, Shape example, long classes) {
            Models.require(this, example.rank() == 3 && Math.min(example.dim(1), example.dim(2)) >= 4, example);
            List<Key> keys = key.split(4);
            Window same = Window.dense(2).padding(1);
            long flat = 32 * (example.dim(1) / 2 / 2) * (example.dim(2) / 2 / 2);
            return Sequential.empty()
                    .then("conv1", Conv2d.init(keys.get(0), Conv2d.Size.square(example.dim(0), 16, 3), same))
                    .then("relu1", Activation.relu())
                    .then("pool1", MaxPool2d.of(2))
                    .then("conv2", Conv2d.init(keys.get(1), Conv2d.Size.square(16, 32, 3), same))
                    .then("relu2", Activation.relu())
                    .then("pool2", MaxPool2d.of(2))
                    .then("flatten", new Flatten())
                    .then("hidden", Linear.init(keys.get(2), flat, 64))
                    .then("relu3", Activation.relu())
                    .then("dropout", new Dropout(0.25))
                    .then("readout", Linear.readout(keys.get(3), 64, classes));
        }
    },

    /// One hidden layer of 64 with a ramp.
    MLP("mlp", "one hidden layer of 64 with a ramp; examples of any shape") {
        @Override
        public Sequential init(Key key, Shape example, long classes) {
            List<Key> keys = key.split(2);
            return Sequential.empty()
                    .then("flatten", new Flatten())
                    .then("hidden", Linear.init(keys.get(0), example.count(), 64))
                    .then("relu", Activation.relu())
                    .then("readout", Linear.readout(keys.get(1), 64, classes));
        }
    },

    /// One affine map: logistic regression under cross entropy, a linear support vector machine under hinge loss.
    LINEAR("linear", "one affine map, that is, logistic regression; examples of any shape") {
        @Override
        public Sequential init(Key key, Shape example, long classes) {
            return Sequential.empty()
                    .then("flatten", new Flatten())
                    .then("readout", Linear.readout(key, example.count(), classes));
        }
    };

    private final String label;
    private final String description;

    Models(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /// New weights.
    ///
    /// @param key where the weights come from
    /// @param example the shape of one example, without the batch axis
    /// @param classes the number of scores
    /// @throws InvalidArgument if the examples do not fit the network
    public abstract Sequential init(Key key, Shape example, long classes);

    /// The name on the command line.
    public String label() {
        return label;
    }

    /// What the network is and what examples it takes.
    public String description() {
        return description;
    }

    /// The network of this name.
    public static Optional<Models> named(String label) {
        return Stream.of(values()).filter(model -> model.label.equals(label)).findFirst();
    }

    private static void require(Models model, boolean fits, Shape example) {
        if (!fits) {
            throw new InvalidArgument(
                    "model " + model.label + " takes examples [channels,height,width] of at least 4×4, not " + example);
        }
    }
}
