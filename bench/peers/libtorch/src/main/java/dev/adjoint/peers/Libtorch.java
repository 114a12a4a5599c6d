package dev.adjoint.peers;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.randint;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The workloads of `adjoint bench` on libtorch: `Libtorch WORKLOAD THREADS`.
public final class Libtorch {
    private static final TensorOptions WHOLE = new TensorOptions(ScalarType.Long);
    private static final int CLASSES = 10;
    private static final int VOCABULARY = 65;

    private Libtorch() {}

    /// A model, what it does with a batch, and how it learns.
    private record Training(Module model, UnaryOperator<Tensor> forward, Optimizer optimizer) {
        static Training sgd(Module model, UnaryOperator<Tensor> forward) {
            return new Training(model, forward, new SGD(model.parameters(), new SGDOptions(0.01)));
        }

        static Training adam(Module model, UnaryOperator<Tensor> forward) {
            return new Training(model, forward, new Adam(model.parameters(), new AdamOptions(1e-3)));
        }

        DoubleSupplier step(Tensor batch, Tensor labels) {
            return () -> {
                try (PointerScope scope = new PointerScope()) {
                    optimizer.zero_grad();
                    Tensor loss = cross_entropy_loss(forward.apply(batch), labels);
                    loss.backward();
                    optimizer.step();
                    return loss.item_double();
                }
            };
        }
    }

    public static void main(String[] arguments) {
        randn(new long[] {1}); // the library is loaded before memory is counted
        set_num_threads(Integer.parseInt(arguments[1]));
        manual_seed(1);
        Clock clock = Clock.start();
        clock.measure(step(arguments[0]));
    }

    private static DoubleSupplier step(String workload) {
        return switch (workload) {
            case "mlp-small" -> {
                var model = new Networks.Perceptron(64, 32, CLASSES);
                yield Training.sgd(model, model::forward).step(randn(32, 64), classes(32));
            }
            case "mlp" -> {
                var model = new Networks.Perceptron(784, 512, CLASSES);
                yield Training.sgd(model, model::forward).step(randn(64, 784), classes(64));
            }
            case "lenet" -> {
                var model = new Networks.LeNet();
                yield Training.adam(model, model::forward).step(randn(64, 1, 28, 28), classes(64));
            }
            case "resnet18" -> {
                var model = new Networks.ResNet();
                yield Training.sgd(model, model::forward).step(randn(32, 3, 32, 32), classes(32));
            }
            case "lstm" -> {
                var model = new Networks.CharacterLstm(VOCABULARY, 64, 256);
                yield Training.adam(model, x -> model.forward(x).reshape(-1, VOCABULARY))
                        .step(tokens(32, 64), tokens(32 * 64));
            }
            case "gpt" -> {
                var model = new Networks.Transformer(VOCABULARY, 128, 256, 4, 4);
                yield Training.adam(model, x -> model.forward(x).reshape(-1, VOCABULARY))
                        .step(tokens(16, 128), tokens(16 * 128));
            }
            default -> throw new IllegalArgumentException("no workload is called " + workload);
        };
    }

    private static Tensor classes(long batch) {
        return randint(CLASSES, new long[] {batch}, WHOLE);
    }

    private static Tensor tokens(long... shape) {
        return randint(VOCABULARY, shape, WHOLE);
    }
}
