package dev.adjoint.bench;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.Conv2d;
import dev.adjoint.nn.Flatten;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.MaxPool2d;
import dev.adjoint.nn.Sequential;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.optimizer.Adam;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.train.optimizer.Sgd;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Training steps that are timed: softmax cross entropy on one fixed batch of random numbers, the same layers, batch and
/// optimiser for us and for the peers in `bench/peers`.
public enum Workload {
    MLP_SMALL("mlp-small", "64-32-10 with a ramp, batch 32, SGD") {
        @Override
        Training<?, ?> training(Kernels kernels) {
            return classes(mlp(64, 32), Array.key(DATA).normal(f32(32, 64)), SGD, kernels);
        }
    },

    MLP("mlp", "784-512-10 with a ramp, batch 64, SGD") {
        @Override
        Training<?, ?> training(Kernels kernels) {
            return classes(mlp(784, 512), Array.key(DATA).normal(f32(64, 784)), SGD, kernels);
        }
    },

    LENET("lenet", "LeNet-5 with ramps and maximum pooling on 28×28 images, batch 64, Adam") {
        @Override
        Training<?, ?> training(Kernels kernels) {
            return classes(lenet(), Array.key(DATA).normal(f32(64, 1, 28, 28)), ADAM, kernels);
        }
    };

    private static final Key DATA = Key.of(2);
    private static final int CLASSES = 10;
    private static final Optimizer SGD = Sgd.of(0.01);
    private static final Optimizer ADAM = Adam.of(1e-3);

    private final String label;
    private final String description;

    Workload(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /// The name on the command line.
    public String label() {
        return label;
    }

    /// The layers, the batch and the optimiser.
    public String description() {
        return description;
    }

    /// The workload of this name.
    public static Optional<Workload> named(String label) {
        return Stream.of(values()).filter(w -> w.label.equals(label)).findFirst();
    }

    /// A training that has not begun.
    abstract Training<?, ?> training(Kernels kernels);

    /// What is learnt: class indices for inputs.
    record Examples(Tensor inputs, Tensor labels) {}

    private static Training<?, ?> classes(Layer network, Tensor inputs, Optimizer optimizer, Kernels kernels) {
        Tensor labels =
                Array.key(DATA.fold(1)).uniform(f32(inputs.dim(0))).mul(CLASSES).to(DType.I64);
        TrainStep<Layer, Examples> step = new TrainStep<>(
                (layer, batch, pass) -> layer.apply(batch.inputs, pass)
                        .crossEntropy(batch.labels)
                        .mean(),
                optimizer);
        return new Training<>(step, network, new Examples(Array.of(inputs), Array.of(labels)), kernels);
    }

    private static TensorType f32(long... dims) {
        return TensorType.of(DType.F32, dims);
    }

    private static Sequential mlp(long in, long hidden) {
        List<Key> keys = Key.of(1).split(2);
        return Sequential.empty()
                .then("hidden", Linear.init(keys.get(0), in, hidden))
                .then("relu", Activation.relu())
                .then("readout", Linear.readout(keys.get(1), hidden, CLASSES));
    }

    private static Sequential lenet() {
        List<Key> keys = Key.of(1).split(5);
        return Sequential.empty()
                .then(
                        "conv1",
                        Conv2d.init(
                                keys.get(0),
                                Conv2d.Size.square(1, 6, 5),
                                Window.dense(2).padding(2)))
                .then("relu1", Activation.relu())
                .then("pool1", MaxPool2d.of(2))
                .then("conv2", Conv2d.init(keys.get(1), Conv2d.Size.square(6, 16, 5), Window.dense(2)))
                .then("relu2", Activation.relu())
                .then("pool2", MaxPool2d.of(2))
                .then("flatten", new Flatten())
                .then("hidden1", Linear.init(keys.get(2), 400, 120))
                .then("relu3", Activation.relu())
                .then("hidden2", Linear.init(keys.get(3), 120, 84))
                .then("relu4", Activation.relu())
                .then("readout", Linear.readout(keys.get(4), 84, CLASSES));
    }
}
