package dev.adjoint.bench;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.BatchNorm;
import dev.adjoint.nn.Conv2d;
import dev.adjoint.nn.Embedding;
import dev.adjoint.nn.Flatten;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.MaxPool2d;
import dev.adjoint.nn.Residual;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.recurrent.Lstm;
import dev.adjoint.nn.zoo.CharacterModel;
import dev.adjoint.nn.zoo.Gpt;
import dev.adjoint.nn.zoo.GptOptions;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Key;
import java.util.List;

/// Trainings with the layers of the workloads, so small that thousands of steps take seconds: what is wrong in every step shows
/// after many.
public enum Miniature implements Trained {
    /// Two layers, SGD.
    MLP("miniature-mlp") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            return Workload.MLP_SMALL.training(kernels);
        }
    },

    /// Convolutions with padding and without, ramps, maxima, Adam.
    CONVOLUTIONS("miniature-convolutions") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            List<Key> keys = Key.of(1).split(3);
            Sequential network = Sequential.empty()
                    .then(
                            "conv1",
                            convolution(keys.get(0), 1, 8, Window.dense(2).padding(1)))
                    .then("relu1", Activation.relu())
                    .then("pool1", MaxPool2d.of(2))
                    .then("conv2", convolution(keys.get(1), 8, 16, Window.dense(2)))
                    .then("relu2", Activation.relu())
                    .then("flatten", new Flatten())
                    .then("readout", Linear.readout(keys.get(2), 256, Workload.CLASSES));
            return Workload.classes(network, images(1, 12), Workload.ADAM, kernels);
        }
    },

    /// A residual block with batch normalisation, SGD.
    RESIDUAL("miniature-residual") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            List<Key> keys = Key.of(1).split(3);
            Window same = Window.dense(2).padding(1);
            Sequential body = Sequential.empty()
                    .then("conv1", convolution(keys.get(0), 4, 4, same))
                    .then("norm1", BatchNorm.init(4))
                    .then("relu1", Activation.relu())
                    .then("conv2", convolution(keys.get(1), 4, 4, same))
                    .then("norm2", BatchNorm.init(4));
            Sequential network = Sequential.empty()
                    .then("block", new Residual(body, Sequential.empty()))
                    .then("relu", Activation.relu())
                    .then("flatten", new Flatten())
                    .then("readout", Linear.readout(keys.get(2), 4 * 64, Workload.CLASSES));
            return Workload.classes(network, images(4, 8), Workload.SGD, kernels);
        }
    },

    /// An LSTM over eight tokens, Adam.
    LSTM("miniature-lstm") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            Key key = Key.of(1);
            var model = new CharacterModel<>(
                    Embedding.init(key.fold(0), Workload.VOCABULARY, 16),
                    Lstm.init(key.fold(1), 16, 32),
                    Linear.readout(key.fold(2), 32, Workload.VOCABULARY));
            return Workload.tokens(model, 8, 8, kernels);
        }
    },

    /// A transformer of one block with two heads, Adam.
    GPT("miniature-gpt") {
        @Override
        public Training<?, ?> training(Kernels kernels) {
            GptOptions options = new GptOptions(1, 2, 32, 16, Workload.VOCABULARY, GptOptions.Head.UNTIED, 0);
            return Workload.tokens(Gpt.init(Key.of(1), options), 4, 16, kernels);
        }
    };

    private final String label;

    Miniature(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    private static Conv2d convolution(Key key, int in, int out, Window window) {
        return Conv2d.init(key, Conv2d.Size.square(in, out, 3), window);
    }

    private static Array images(long channels, long side) {
        return Array.of(Array.key(Workload.DATA).normal(Workload.f32(8, channels, side, side)));
    }
}
