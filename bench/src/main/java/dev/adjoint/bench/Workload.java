package dev.adjoint.bench;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.Conv2d;
import dev.adjoint.nn.Embedding;
import dev.adjoint.nn.Flatten;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.MaxPool2d;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.recurrent.Lstm;
import dev.adjoint.nn.zoo.CharacterModel;
import dev.adjoint.nn.zoo.Gpt;
import dev.adjoint.nn.zoo.GptOptions;
import dev.adjoint.nn.zoo.LanguageModel;
import dev.adjoint.nn.zoo.ResNet;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
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
public enum Workload implements Trained {
    MLP_SMALL("mlp-small", "64-32-10 with a ramp, batch 32, SGD") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            return classes(mlp(64, 32), Array.key(DATA).normal(f32(32, 64)), SGD, kernels);
        }
    },

    MLP("mlp", "784-512-10 with a ramp, batch 64, SGD") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            return classes(mlp(784, 512), Array.key(DATA).normal(f32(64, 784)), SGD, kernels);
        }
    },

    LENET("lenet", "LeNet-5 with ramps and maximum pooling on 28×28 images, batch 64, Adam") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            return classes(lenet(), Array.key(DATA).normal(f32(64, 1, 28, 28)), ADAM, kernels);
        }
    },

    RESNET18("resnet18", "ResNet-18 for 32×32 images, batch 32, SGD") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            Sequential network = ResNet.resnet18().forSmallImages().init(Key.of(1), Shape.of(3, 32, 32), CLASSES);
            return classes(network, Array.key(DATA).normal(f32(32, 3, 32, 32)), SGD, kernels);
        }
    },

    LSTM("lstm", "embedding 64, LSTM 256, 64 steps, batch 32, vocabulary 65, Adam") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            Key key = Key.of(1);
            var model = new CharacterModel<>(
                    Embedding.init(key.fold(0), VOCABULARY, 64),
                    Lstm.init(key.fold(1), 64, 256),
                    Linear.readout(key.fold(2), 256, VOCABULARY));
            return tokens(model, 32, 64, kernels);
        }
    },

    GPT("gpt", "4 layers of 4 heads, width 256, 128 steps, batch 16, vocabulary 65, Adam") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            GptOptions options = new GptOptions(4, 4, 256, 128, VOCABULARY, GptOptions.Head.UNTIED, 0);
            return tokens(Gpt.init(Key.of(1), options), 16, 128, kernels);
        }
    };

    static final Key DATA = Key.of(2);
    static final int CLASSES = 10;
    static final int VOCABULARY = 65;
    static final Optimizer SGD = Sgd.of(0.01);
    static final Optimizer ADAM = Adam.of(1e-3);

    private final String label;
    private final String description;

    Workload(String label, String description) {
        this.label = label;
        this.description = description;
    }

    @Override
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

    /// What is learnt: class indices for inputs.
    record Examples(Tensor inputs, Tensor labels) {}

    static Training<?, ?> classes(Layer network, Tensor inputs, Optimizer optimizer, Kernels kernels) {
        Tensor labels =
                Array.key(DATA.fold(1)).uniform(f32(inputs.dim(0))).mul(CLASSES).to(DType.I64);
        TrainStep<Layer, Examples> step = new TrainStep<>(
                (layer, batch, pass) -> layer.apply(batch.inputs, pass)
                        .crossEntropy(batch.labels)
                        .mean(),
                optimizer);
        return new Training<>(step, network, new Examples(Array.of(inputs), labels), kernels);
    }

    static <S> Training<?, ?> tokens(LanguageModel<S> model, long batch, long steps, Kernels kernels) {
        Examples examples =
                new Examples(numbers(DATA, VOCABULARY, batch, steps), numbers(DATA.fold(1), VOCABULARY, batch * steps));
        TrainStep<LanguageModel<S>, Examples> step = new TrainStep<>(
                (network, given, pass) -> network.apply(given.inputs, pass)
                        .reshape(-1, VOCABULARY)
                        .crossEntropy(given.labels)
                        .mean(),
                ADAM);
        return new Training<>(step, model, examples, kernels);
    }

    /// Whole numbers below a bound.
    private static Array numbers(Key key, int bound, long... dims) {
        return Array.of(Array.key(key).uniform(f32(dims)).mul(bound).to(DType.I64));
    }

    static TensorType f32(long... dims) {
        return TensorType.of(DType.F32, dims);
    }

    static Sequential mlp(long in, long hidden) {
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
