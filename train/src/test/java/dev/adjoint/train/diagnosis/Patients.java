package dev.adjoint.train.diagnosis;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.Objective;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.optimizer.Adam;
import dev.adjoint.train.optimizer.Optimizer;
import java.util.List;
import java.util.stream.IntStream;

/// Trainings that are healthy, or sick in one way.
final class Patients {
    static final int FEATURES = 12;
    static final int CLASSES = 4;
    private static final int EXAMPLES = 30;

    /// Points around a centre for each class.
    public record Cloud(Tensor features, Tensor labels) {}

    static final Objective<Sequential, Cloud> OBJECTIVE =
            (model, batch, pass) -> Losses.softmaxCrossEntropy(model.apply(batch.features(), pass), batch.labels())
                    .mean();

    private Patients() {}

    /// Clouds of points around a centre for each class.
    static List<Cloud> batches() {
        return IntStream.range(0, 4).mapToObj(Patients::batch).toList();
    }

    private static Cloud batch(int number) {
        Key key = Key.of(5).fold(number);
        Key centres = Key.of(6);
        Elements features = Elements.allocate(DType.F32, (long) EXAMPLES * FEATURES);
        Elements labels = Elements.allocate(DType.I64, EXAMPLES);
        for (int n = 0; n < EXAMPLES; n++) {
            labels.set(n, n % CLASSES);
            for (int i = 0; i < FEATURES; i++) {
                double centre = 0.8 * centres.normal((long) (n % CLASSES) * FEATURES + i);
                features.set(n * FEATURES + i, centre + 0.5 * key.normal((long) n * FEATURES + i));
            }
        }
        return new Cloud(
                Array.of(TensorType.of(DType.F32, EXAMPLES, FEATURES), features),
                Array.of(TensorType.of(DType.I64, EXAMPLES), labels));
    }

    static Sequential network(Activation activation, long classes) {
        List<Key> keys = Key.of(7).split(3);
        return Sequential.empty()
                .then("first", Linear.init(keys.get(0), FEATURES, 32))
                .then("act1", activation)
                .then("second", Linear.init(keys.get(1), 32, 32))
                .then("act2", activation)
                .then("readout", Linear.readout(keys.get(2), 32, classes));
    }

    static Sequential network() {
        return network(Activation.relu(), CLASSES);
    }

    /// Many layers of one width; the weights are those of Glorot's rule times a factor.
    static Sequential deep(int layers, List<? extends Layer> between, double factor) {
        Sequential network = Sequential.empty();
        for (int i = 0; i < layers; i++) {
            long in = i == 0 ? FEATURES : 16;
            Linear linear = Linear.readout(Key.of(8).fold(i), in, 16);
            network = network.then("layer" + i, scaled(linear, factor));
            for (Layer layer : between) {
                network = network.then("act" + i, layer);
            }
        }
        return network.then("readout", Linear.readout(Key.of(9), 16, CLASSES));
    }

    /// The model with all its tensors multiplied by a factor.
    static <M> M scaled(M model, double factor) {
        return Tree.map(model, w -> w.mul(factor));
    }

    /// The model with biases of a layer set to one number.
    static <M> M withBias(M model, String path, double bias) {
        return Tree.mapPaths(model, (p, w) -> p.equals(path) ? w.mul(0).add(bias) : w);
    }

    static Subject<Sequential, Cloud> subject(Sequential network) {
        return subject(network, Adam.of(3e-3));
    }

    static Subject<Sequential, Cloud> subject(Sequential network, Optimizer optimizer) {
        return new Subject<>(network, new TrainStep<>(OBJECTIVE, optimizer), batches(), Key.of(10));
    }
}
