package dev.adjoint.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.function.DoubleSupplier;

/// The workloads of `adjoint bench` on DJL with its PyTorch engine: `Djl WORKLOAD THREADS`. The engine takes the number of
/// threads from OMP_NUM_THREADS.
public final class Djl {
    private static final int CLASSES = 10;
    private static final int VOCABULARY = 65;

    private Djl() {}

    public static void main(String[] arguments) {
        Engine.getInstance().setRandomSeed(1);
        try (NDManager numbers = NDManager.newBaseManager(Device.cpu())) {
            Clock clock = Clock.start();
            clock.measure(step(arguments[0], numbers));
        }
    }

    private static DoubleSupplier step(String workload, NDManager numbers) {
        return switch (workload) {
            case "mlp-small" -> images(Networks.perceptron(32, CLASSES), new Shape(32, 64), sgd(), numbers);
            case "mlp" -> images(Networks.perceptron(512, CLASSES), new Shape(64, 784), sgd(), numbers);
            case "lenet" -> images(Networks.leNet(CLASSES), new Shape(64, 1, 28, 28), adam(), numbers);
            case "resnet18" -> images(Networks.resNet(CLASSES), new Shape(32, 3, 32, 32), sgd(), numbers);
            case "lstm" -> tokens(Networks.characterLstm(VOCABULARY, 64, 256), new Shape(32, 64), numbers);
            case "gpt" -> tokens(Networks.transformer(VOCABULARY, 256, 4, 4), new Shape(16, 128), numbers);
            default -> throw new IllegalArgumentException("no workload is called " + workload);
        };
    }

    private static Optimizer sgd() {
        return Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.01f)).build();
    }

    private static Optimizer adam() {
        return Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build();
    }

    private static DoubleSupplier images(Block network, Shape batch, Optimizer optimizer, NDManager numbers) {
        NDArray labels = numbers.randomInteger(0, CLASSES, new Shape(batch.get(0)), DataType.INT64);
        return step(network, optimizer, numbers.randomNormal(batch), labels);
    }

    private static DoubleSupplier tokens(Block network, Shape batch, NDManager numbers) {
        NDArray labels = numbers.randomInteger(0, VOCABULARY, new Shape(batch.size()), DataType.INT64);
        return step(network, adam(), numbers.randomInteger(0, VOCABULARY, batch, DataType.INT64), labels);
    }

    private static DoubleSupplier step(Block network, Optimizer optimizer, NDArray batch, NDArray labels) {
        Loss loss = Loss.softmaxCrossEntropyLoss();
        Model model = Model.newInstance("workload");
        model.setBlock(network);
        Trainer trainer = model.newTrainer(
                new DefaultTrainingConfig(loss).optOptimizer(optimizer).optDevices(new Device[] {Device.cpu()}));
        trainer.initialize(batch.getShape());
        return () -> {
            try (NDManager step = batch.getManager().newSubManager()) {
                NDArray value;
                try (GradientCollector gradients = trainer.newGradientCollector()) {
                    NDList scores = trainer.forward(new NDList(batch));
                    scores.attach(step);
                    NDArray rows = scores.head()
                            .reshape(-1, scores.head().getShape().get(scores.head().getShape().dimension() - 1));
                    value = loss.evaluate(new NDList(labels), new NDList(rows));
                    value.attach(step);
                    gradients.backward(value);
                }
                double number = value.getFloat();
                trainer.step();
                return number;
            }
        };
    }
}
