package dev.adjoint.peers;

import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/// The workloads of `adjoint bench` on DL4J: `Dl4j WORKLOAD THREADS`. Its native backend takes the number of threads from
/// OMP_NUM_THREADS. DL4J has no causal attention, so there is no `gpt`.
public final class Dl4j {
    private static final int CLASSES = 10;
    private static final int VOCABULARY = 65;

    private Dl4j() {}

    public static void main(String[] arguments) {
        Nd4j.getRandom().setSeed(1);
        Clock clock = Clock.start();
        Training training = training(arguments[0]);
        clock.measure(training::step);
    }

    /// A network and the batch that it learns.
    private record Training(ComputationGraph network, DataSet batch) {
        double step() {
            network.fit(batch);
            return network.score();
        }
    }

    private static Training training(String workload) {
        return switch (workload) {
            case "mlp-small" -> images(Networks.perceptron(64, 32, CLASSES), 32, 64);
            case "mlp" -> images(Networks.perceptron(784, 512, CLASSES), 64, 784);
            case "lenet" -> images(Networks.leNet(CLASSES), 64, 1, 28, 28);
            case "resnet18" -> images(Networks.resNet(CLASSES), 32, 3, 32, 32);
            case "lstm" -> tokens(Networks.characterLstm(VOCABULARY, 64, 256), 32, 64);
            default -> throw new IllegalArgumentException("DL4J has no workload " + workload);
        };
    }

    private static Training images(ComputationGraph network, int... shape) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, shape[0], CLASSES);
        Random random = new Random(1);
        for (int i = 0; i < shape[0]; i++) {
            labels.putScalar(new int[] {i, random.nextInt(CLASSES)}, 1);
        }
        return new Training(network, new DataSet(Nd4j.randn(DataType.FLOAT, longs(shape)), labels));
    }

    private static long[] longs(int[] shape) {
        return java.util.Arrays.stream(shape).asLongStream().toArray();
    }

    /// Numbers of tokens `[batch,1,steps]`, and what follows them as vectors with one 1, `[batch,vocabulary,steps]`. The loss
    /// is summed over the steps and averaged over the batch.
    private static Training tokens(ComputationGraph network, int batch, int steps) {
        INDArray given = Nd4j.zeros(DataType.FLOAT, batch, 1, steps);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, VOCABULARY, steps);
        Random random = new Random(1);
        for (int i = 0; i < batch; i++) {
            for (int t = 0; t < steps; t++) {
                given.putScalar(new int[] {i, 0, t}, random.nextInt(VOCABULARY));
                labels.putScalar(new int[] {i, random.nextInt(VOCABULARY), t}, 1);
            }
        }
        return new Training(network, new DataSet(given, labels));
    }
}
