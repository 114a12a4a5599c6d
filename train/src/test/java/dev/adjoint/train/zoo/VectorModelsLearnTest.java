package dev.adjoint.train.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.zoo.Autoencoder;
import dev.adjoint.nn.zoo.Mlp;
import dev.adjoint.nn.zoo.VariationalAutoencoder;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.Objective;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.train.optimizer.Sgd;
import dev.adjoint.train.optimizer.WeightDecay;
import org.junit.jupiter.api.Test;

/// Models of vectors on a handful of examples.
final class VectorModelsLearnTest {
    private static final Learning.Batch CLOUDS = Learning.quarters(Shape.of(1, 4, 4));

    private static void separates(Sequential model, Learning.Batch batch) {
        Tensor correct = Losses.correct(model.apply(batch.features(), Pass.evaluation()), batch.labels());
        assertThat(Array.of(correct.mean()).item()).isEqualTo(1);
    }

    @Test
    void logisticRegression() {
        Sequential model = Mlp.of().init(Key.of(1), Shape.of(1, 4, 4), 4);
        separates(Learning.learns(model, CLOUDS, Learning.CLASSES, 60), CLOUDS);
    }

    @Test
    void linearSupportVectorMachine() {
        Objective<Sequential, Learning.Batch> hinge =
                (model, batch, pass) -> Losses.multiclassHinge(model.apply(batch.features(), pass), batch.labels())
                        .mean();
        Sequential model = Mlp.of().init(Key.of(1), Shape.of(1, 4, 4), 4);
        Optimizer withDecay = WeightDecay.of(0.01).then(Sgd.of(0.1));
        Sequential machine = Learning.learns(model, CLOUDS, new TrainStep<>(hinge, withDecay), 60);
        separates(machine, CLOUDS);
        // Every example has its margin, so that the decay alone moves the weights: they shrink by 1 − 0.1·0.01.
        Tensor weight = ((Linear) machine.layer("readout")).weight();
        Sequential later = Learning.step(machine, CLOUDS, new TrainStep<>(hinge, withDecay));
        Tensor shrunk = ((Linear) later.layer("readout")).weight();
        Tensor loss = hinge.apply(machine, CLOUDS, Pass.evaluation());
        assertThat(Array.of(loss).item()).isZero();
        assertThat(Array.of(shrunk.sub(weight.mul(0.999)).abs().max()).item()).isLessThan(1e-6);
    }

    @Test
    void perceptronsLearnWhatNoLineSeparates() {
        var xor = new Learning.Batch(Array.of(new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}), Array.of(0, 1, 1, 0));
        Sequential model = Mlp.of(8, 8).init(Key.of(2), Shape.of(2), 2);
        separates(Learning.learns(model, xor, Learning.CLASSES, 150), xor);
    }

    @Test
    void autoencoders() {
        Tensor x = CLOUDS.features().reshape(8, 16);
        Objective<Autoencoder, Tensor> objective = Autoencoder::loss;
        Learning.learns(Autoencoder.init(Key.of(1), 16, 12, 3), x, objective, 150);
    }

    @Test
    void variationalAutoencoders() {
        Tensor bright = CLOUDS.features().reshape(8, 16).gt(0.5);
        Tensor x = bright.to(CLOUDS.features().dtype());
        Objective<VariationalAutoencoder, Tensor> objective = VariationalAutoencoder::loss;
        var size = new VariationalAutoencoder.Size(16, 24, 3);
        Learning.learns(VariationalAutoencoder.init(Key.of(1), size), x, objective, 150);
    }
}
