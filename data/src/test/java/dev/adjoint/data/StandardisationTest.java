package dev.adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardisationTest {
    /// The expected numbers are Python's, in rational arithmetic.
    @Test
    void meanAndDeviationOfIris() {
        Standardisation iris = Standardisation.of(Iris.load());
        assertClose(iris.mean(), 5.843333333333334, 3.0573333333333332, 3.758, 1.1993333333333334);
        assertClose(iris.deviation(), 0.8253012917851409, 0.4344109677354946, 1.759404065775303, 0.7596926279021594);
    }

    private static void assertClose(Tensor tensor, double... expected) {
        assertThat(Array.of(tensor).toDoubles()).containsExactly(expected, within(1e-6));
    }

    @Test
    void whatWasFittedOnIsStandardAfterwards() {
        Dataset wine = Wine.load();
        Dataset standard = Standardisation.of(wine).apply(wine);
        assertThat(standard.featureNames()).isEqualTo(wine.featureNames());
        Standardisation again = Standardisation.of(standard);
        double[] ones = new double[13];
        Arrays.fill(ones, 1);
        assertThat(Array.of(again.mean()).toDoubles()).containsExactly(new double[13], within(1e-5));
        assertThat(Array.of(again.deviation()).toDoubles()).containsExactly(ones, within(1e-5));
    }

    @Test
    void otherExamplesAreScaledByWhatWasFitted() {
        Dataset train = table(new float[][] {{0, 5}, {4, 5}});
        Dataset test = table(new float[][] {{6, 7}, {2, 5}});
        // Mean 2 and deviation 2; the second feature is constant, so only its mean is taken off.
        assertThat(Standardisation.of(train).apply(test).features().toFloats()).containsExactly(2, 2, 0, 0);
    }

    @Test
    void isATreeOfTensors() {
        assertThat(Tree.paths(Standardisation.of(Iris.load()))).containsOnlyKeys("mean", "deviation");
    }

    @Test
    void refusesExamplesOfAnotherShape() {
        assertThatThrownBy(() -> Standardisation.of(Iris.load()).apply(Wine.load()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("the standardisation was fitted on examples [4], but those of wine are [13]");
    }

    private static Dataset table(float[][] features) {
        return Dataset.of("table", Array.of(features), Array.of(0L, 0L), List.of("only"));
    }
}
