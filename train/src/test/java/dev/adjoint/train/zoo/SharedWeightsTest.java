package dev.adjoint.train.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.nn.Lambda;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.Objective;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.optimizer.Sgd;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// One record used twice is one set of weights: the gradients of both uses add, and the optimiser moves it once.
final class SharedWeightsTest {
    private static final Tensor X = Array.of(new double[][] {{0.5}});

    /// A network with one layer in one field, used twice.
    record Twice(Linear layer) {
        Tensor apply(Tensor x, Pass pass) {
            return layer.apply(layer.apply(x, pass), pass);
        }
    }

    private static Linear layer() {
        return new Linear(Array.of(new double[][] {{3}}), Array.of(1.0));
    }

    /// The objective ½·y² with y = w·(w·x + b) + b, by descent with momentum on two numbers.
    private static <M> void follows(M model, Objective<M, Tensor> objective, Function<M, Linear> shared) {
        var optimizer = Sgd.of(0.003, 0.9);
        Compiled<TrainStep.Argument<M, Tensor>, TrainStep.Result<M>> step =
                Compiled.of(new TrainStep<>(objective, optimizer));
        TrainState<M> state = TrainState.start(model, optimizer, Key.of(1));
        double w = 3;
        double b = 1;
        double speedOfW = 0;
        double speedOfB = 0;
        for (int t = 0; t < 30; t++) {
            double y = w * (w * 0.5 + b) + b;
            speedOfW = 0.9 * speedOfW + y * (2 * w * 0.5 + b);
            speedOfB = 0.9 * speedOfB + y * (w + 1);
            w -= 0.003 * speedOfW;
            b -= 0.003 * speedOfB;
            state = step.apply(new TrainStep.Argument<>(state, X)).state();
            Linear now = shared.apply(state.model());
            assertThat(Array.of(now.weight()).toDoubles()[0]).as("w, step " + t).isCloseTo(w, within(1e-12));
            assertThat(Array.of(now.bias().orElseThrow()).toDoubles()[0])
                    .as("b, step " + t)
                    .isCloseTo(b, within(1e-12));
        }
    }

    @Test
    void inAFieldThatIsUsedTwice() {
        follows(
                new Twice(layer()),
                (m, x, pass) -> m.apply(x, pass).square().sum().mul(0.5),
                Twice::layer);
    }

    @Test
    void inTwoPlacesOfASequence() {
        Linear shared = layer();
        Sequential model = Sequential.empty()
                .then("once", shared)
                .then("nothing", new Lambda("nothing", x -> x))
                .then("twice", shared);
        assertThat(Tree.leaves(model)).hasSize(2);
        follows(model, (m, x, pass) -> m.apply(x, pass).square().sum().mul(0.5), m -> (Linear) m.layer("twice"));
    }
}
