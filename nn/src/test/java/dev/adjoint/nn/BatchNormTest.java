package dev.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.ChannelStatistics;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import org.junit.jupiter.api.Test;

final class BatchNormTest {
    private static final BatchNorm LAYER = new BatchNorm(
            Array.of(2.0, -1.0),
            Array.of(0.5, 1.0),
            new ChannelStatistics(Array.of(3.0, 0.0), Array.of(4.0, 1.0)),
            0.25,
            1e-5);

    private static final Tensor X = Array.of(new double[][] {{1, 10}, {2, 20}, {6, 60}});

    private static Pass training() {
        return Pass.training(Array.key(Key.of(1)));
    }

    @Test
    void aUsedNetworkTakesTheStatistics() {
        double[] y = Array.of(LAYER.apply(X, Pass.evaluation())).toDoubles();
        for (int n = 0; n < 3; n++) {
            double first = Array.of(X).get(n, 0);
            double second = Array.of(X).get(n, 1);
            assertThat(y[2 * n]).isCloseTo((first - 3) / Math.sqrt(4 + 1e-5) * 2 + 0.5, within(1e-12));
            assertThat(y[2 * n + 1]).isCloseTo(second / Math.sqrt(1 + 1e-5) * -1 + 1, within(1e-12));
        }
    }

    @Test
    void aTrainedNetworkTakesThoseOfTheBatchAndTellsThePass() {
        Pass pass = training();
        double[] y = Array.of(LAYER.apply(X, pass)).toDoubles();
        // The first channel has mean 3 and squared distances 4, 1, 9: biased variance 14/3, unbiased 7.
        assertThat(y[0]).isCloseTo((1 - 3.0) / Math.sqrt(14 / 3.0 + 1e-5) * 2 + 0.5, within(1e-12));
        assertThat(pass.replacements(LAYER)).containsOnlyKeys("statistics.mean", "statistics.variance");
        ChannelStatistics next = pass.replaced(LAYER).statistics();
        assertThat(Array.of(next.mean()).toDoubles()).containsExactly(3.0, 0.75 * 0 + 0.25 * 30);
        assertThat(Array.of(next.variance()).toDoubles()).containsExactly(0.75 * 4 + 0.25 * 7, 0.75 + 0.25 * 700);
        assertThat(pass.replaced(LAYER).weight()).isSameAs(LAYER.weight());
    }

    @Test
    void aLayerUsedTwiceMovesTwice() {
        Pass pass = training();
        LAYER.apply(X, pass);
        LAYER.apply(X.mul(2), pass);
        double once = 0.25 * 30;
        assertThat(Array.of(pass.replaced(LAYER).statistics().mean()).get(1))
                .isCloseTo(0.75 * once + 0.25 * 60, within(1e-12));
    }

    @Test
    void statisticsStayWideInMixedPrecision() {
        MixedPrecision mixed = MixedPrecision.bf16(BatchNorm.init(2));
        Pass pass = training();
        mixed.apply(X.to(DType.F32), pass);
        MixedPrecision next = pass.replaced(mixed);
        Tensor mean = Tree.paths(next).get("inner.statistics.mean");
        assertThat(mean).isNotNull();
        assertThat(mean.type()).isEqualTo(TensorType.of(DType.F32, 2));
        assertThat(Array.of(mean).get(0)).isCloseTo(0.3, within(0.01));
    }

    @Test
    void statisticsAreNoWeights() {
        assertThat(Summary.weights(LAYER)).isEqualTo(4);
        assertThat(Tree.learned(LAYER)).containsOnlyKeys("weight", "bias");
        assertThat(Tree.paths(LAYER)).hasSize(4);
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> LAYER.apply(Array.zeros(DType.F64, 1, 2), training()))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining("every channel needs at least two numbers to have a variance");
        assertThatThrownBy(() -> LAYER.apply(Array.zeros(DType.F64, 4, 3), Pass.evaluation()))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining("x must be [N,C,…] and all others [C], one for each channel");
        assertThatThrownBy(() -> new BatchNorm(LAYER.weight(), LAYER.bias(), LAYER.statistics(), 2, 1e-5))
                .hasMessage("a momentum of statistics lies between 0 and 1, not at 2.0");
        assertThatThrownBy(() -> training().replace(LAYER.weight(), w -> w.sum()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(
                        "a pass cannot replace a tensor of type f64[2] by one of type f64[], since a model keeps its"
                                + " types");
    }
}
