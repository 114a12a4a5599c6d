package dev.adjoint.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.MixedPrecision;
import dev.adjoint.nn.Pass;
import dev.adjoint.run.Array;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.optimizer.Adam;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Layers that stand around whole models.
final class EnsembleTest {
    public record Scale(Tensor factor) implements Layer {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.mul(factor);
        }
    }

    @Test
    void outputsOrProbabilitiesAreAveraged() {
        List<Layer> members = List.of(new Scale(Array.scalar(1.0)), new Scale(Array.scalar(3.0)));
        Tensor x = Array.of(new double[][] {{0, 1}, {2, -1}});
        double[] outputs = Array.of(new Ensemble(members, Ensemble.Mean.OUTPUTS).apply(x, Pass.evaluation()))
                .toDoubles();
        assertThat(outputs).containsExactly(0, 2, 4, -2);
        double[] logs = Array.of(new Ensemble(members, Ensemble.Mean.PROBABILITIES).apply(x, Pass.evaluation()))
                .toDoubles();
        // The probability of the first class is 1/(1 + e^(x₂−x₁)).
        double[] apart = {1, -3};
        for (int n = 0; n < 2; n++) {
            double p = (1 / (1 + Math.exp(apart[n])) + 1 / (1 + Math.exp(3 * apart[n]))) / 2;
            assertThat(Math.exp(logs[2 * n])).isCloseTo(p, within(1e-14));
            assertThat(Math.exp(logs[2 * n + 1])).isCloseTo(1 - p, within(1e-14));
        }
        assertThatThrownBy(() -> new Ensemble(List.of(), Ensemble.Mean.OUTPUTS))
                .hasMessage("an ensemble needs at least one member");
    }

    public record Pair(Tensor features, Tensor labels) {}

    @Test
    void mixedPrecisionRoundsInsideAndLearns() {
        MixedPrecision model = MixedPrecision.bf16(Linear.readout(Key.of(2), 2, 2));
        // 1 + 2⁻⁹ is no bf16, which has 8 bits.
        Tensor x = Array.of(new float[][] {{1 + 1f / 512, 0}});
        Tensor y = model.apply(x, Pass.evaluation());
        assertThat(y.dtype()).isEqualTo(DType.F32);
        assertThat(y).isEqualTo(model.apply(Array.of(new float[][] {{1, 0}}), Pass.evaluation()));

        Pair batch = new Pair(
                Array.of(new float[][] {{0, 1}, {1, 0}, {0.2f, 0.9f}, {0.7f, 0.1f}}), Array.of(0L, 1L, 0L, 1L));
        Objective<MixedPrecision, Pair> objective =
                (m, pair, pass) -> Losses.softmaxCrossEntropy(m.apply(pair.features(), pass), pair.labels())
                        .mean();
        Adam adam = Adam.of(0.05);
        TrainState<MixedPrecision> end = new Trainer<>(
                        new TrainStep<>(objective, adam), Batches.repeated(List.of(batch)), Kernels.installed())
                .run(TrainState.start(model, adam, Key.of(1)), 100);
        assertThat(Tree.leaves(end.model())).allMatch(w -> w.dtype() == DType.F32);
        Tensor loss = objective.apply(end.model(), batch, Pass.evaluation());
        assertThat(Array.of(loss).item()).isLessThan(0.1);
        assertThatThrownBy(() -> new MixedPrecision(model, DType.I32))
                .hasMessage("mixed precision computes in a floating type, not in i32");
    }
}
