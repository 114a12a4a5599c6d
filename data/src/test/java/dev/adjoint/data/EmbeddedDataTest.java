package dev.adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The expected numbers were computed from the tables of the UCI repository with awk and Python, not with this module.
class EmbeddedDataTest {
    @Test
    void digitsAreImagesBetweenZeroAndOne() {
        Dataset digits = Digits.load();
        assertThat(digits).hasToString("digits: 1797 examples [1,8,8] in 10 classes");
        assertThat(sum(digits.features())).isEqualTo(561718 / 16.0);
        double[] pixels = digits.features().toDoubles();
        // Weighted with the number of the column, so that no pixel may change its place.
        assertThat(IntStream.range(0, pixels.length)
                        .mapToDouble(i -> pixels[i] * (1 + i % 64))
                        .sum())
                .isEqualTo(18222371 / 16.0);
        assertThat(Arrays.stream(pixels).boxed()).contains(0.0, 1.0).allMatch(x -> x >= 0 && x <= 1);
        assertThat(counts(digits)).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
        assertThat(digits.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void firstDigitIsAZeroAndLastAnEight() {
        Dataset digits = Digits.load();
        assertThat(sixteenths(digits.batch(0)))
                .containsExactly(
                        0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0, 0, 3, 15, 2, 0, 11, 8, 0, 0, 4, 12, 0, 0,
                        8, 8, 0, 0, 5, 8, 0, 0, 9, 8, 0, 0, 4, 11, 0, 1, 12, 7, 0, 0, 2, 14, 5, 10, 12, 0, 0, 0, 0, 6,
                        13, 10, 0, 0, 0);
        assertThat(sixteenths(digits.batch(1796)))
                .containsExactly(
                        0, 0, 10, 14, 8, 1, 0, 0, 0, 2, 16, 14, 6, 1, 0, 0, 0, 0, 15, 15, 8, 15, 0, 0, 0, 0, 5, 16, 16,
                        10, 0, 0, 0, 0, 12, 15, 15, 12, 0, 0, 0, 4, 16, 6, 4, 16, 6, 0, 0, 8, 16, 10, 8, 16, 8, 0, 0, 1,
                        8, 12, 14, 12, 1, 0);
        assertThat(digits.labels().elements().longs()).startsWith(0, 1, 2, 3).endsWith(9, 8);
    }

    @Test
    void iris() {
        Dataset iris = Iris.load();
        assertThat(iris).hasToString("iris: 150 examples [4] in 3 classes");
        assertThat(iris.classNames()).containsExactly("setosa", "versicolor", "virginica");
        assertThat(iris.featureNames())
                .containsExactly("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)");
        assertThat(counts(iris)).containsExactly(50, 50, 50);
        assertThat(sum(iris.features())).isCloseTo(2078.7, within(1e-4));
        assertThat(Array.of(iris.batch(0).features()).toFloats()).containsExactly(5.1f, 3.5f, 1.4f, 0.2f);
        assertThat(Array.of(iris.batch(149).features()).toFloats()).containsExactly(5.9f, 3.0f, 5.1f, 1.8f);
    }

    @Test
    void wine() {
        Dataset wine = Wine.load();
        assertThat(wine).hasToString("wine: 178 examples [13] in 3 classes");
        assertThat(counts(wine)).containsExactly(59, 71, 48);
        assertThat(wine.featureNames()).hasSize(13).startsWith("alcohol").endsWith("proline");
        assertThat(sum(wine.features())).isCloseTo(159975.295999, within(1e-2));
        assertThat(Array.of(wine.batch(0).features()).toFloats())
                .containsExactly(
                        14.23f, 1.71f, 2.43f, 15.6f, 127, 2.8f, 3.06f, 0.28f, 2.29f, 5.64f, 1.04f, 3.92f, 1065);
    }

    @Test
    void breastCancer() {
        Dataset cancer = BreastCancer.load();
        assertThat(cancer).hasToString("breast-cancer: 569 examples [30] in 2 classes");
        assertThat(cancer.classNames()).containsExactly("malignant", "benign");
        assertThat(counts(cancer)).containsExactly(212, 357);
        assertThat(cancer.featureNames()).hasSize(30).startsWith("mean radius").endsWith("worst fractal dimension");
        assertThat(sum(cancer.features())).isCloseTo(1056474.4596356, within(0.1));
        assertThat(Array.of(cancer.batch(568).features()).toFloats())
                .startsWith(7.76f, 24.54f, 47.92f, 181)
                .endsWith(0.2871f, 0.07039f);
    }

    @Test
    void everyNameOpensADataSetOfThatName() {
        assertThat(Datasets.names()).isSorted().hasSize(4);
        for (String name : Datasets.names()) {
            assertThat(Datasets.named(name).name()).isEqualTo(name);
        }
    }

    private static double sum(Array array) {
        return Arrays.stream(array.toDoubles()).sum();
    }

    private static int[] sixteenths(Batch batch) {
        return Arrays.stream(Array.of(batch.features()).toDoubles())
                .mapToInt(x -> (int) (x * 16))
                .toArray();
    }

    private static long[] counts(Dataset dataset) {
        return IntStream.range(0, dataset.classNames().size())
                .mapToLong(c -> Arrays.stream(dataset.labels().toLongs())
                        .filter(label -> label == c)
                        .count())
                .toArray();
    }

    @Test
    void anUnknownNameSuggestsTheNearest() {
        assertThatThrownBy(() -> Datasets.named("digist"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("no data set is called 'digist'; did you mean 'digits'?");
    }
}
