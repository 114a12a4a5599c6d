package dev.adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
    /// Example i has the features (i, −i) and the class i mod 3.
    private static Dataset numbered(int size) {
        float[][] features = new float[size][];
        Arrays.setAll(features, i -> new float[] {i, -i});
        long[] labels = IntStream.range(0, size).mapToLong(i -> i % 3).toArray();
        return Dataset.of("numbered", Array.of(features), Array.of(labels), List.of("a", "b", "c"));
    }

    /// The rows of [#numbered] that are in a batch or a data set, told by the first feature.
    private static int[] rows(Batch batch) {
        double[] features = Array.of(batch.features()).toDoubles();
        long[] labels = Array.of(batch.labels()).toLongs();
        int[] rows = new int[batch.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) features[2 * i];
            assertThat(features[2 * i + 1])
                    .as("second feature of row %d", rows[i])
                    .isEqualTo(-rows[i]);
            assertThat(labels[i]).as("label of row %d", rows[i]).isEqualTo(rows[i] % 3);
        }
        return rows;
    }

    private static int[] rows(List<Batch> batches) {
        return batches.stream()
                .flatMapToInt(batch -> Arrays.stream(rows(batch)))
                .toArray();
    }

    private static int[] upTo(int size) {
        return IntStream.range(0, size).toArray();
    }

    @Test
    void selectTakesRowsInTheirOrderAndMoreThanOnce() {
        Dataset three = numbered(5).select(4, 0, 4);
        assertThat(rows(three.batch())).containsExactly(4, 0, 4);
        assertThat(three.classNames()).containsExactly("a", "b", "c");
    }

    @Test
    void whatADataSetIsMadeFromIsNotSharedWithIt() {
        long[] labels = {0, 1};
        Dataset dataset = Dataset.of("two", Array.of(new float[2][3]), Array.of(labels), List.of("a", "b"));
        labels[0] = 7;
        assertThat(dataset.labels().toLongs()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 11, Integer.MAX_VALUE})
    void batchesCoverEveryExampleOnce(int batchSize) {
        Dataset ten = numbered(10);
        List<Batch> ordered = ten.batches(batchSize);
        List<Batch> shuffled = ten.batches(batchSize, Key.of(3));
        assertThat(rows(ordered)).containsExactly(upTo(10));
        assertThat(rows(shuffled)).containsExactlyInAnyOrder(upTo(10)).isNotEqualTo(upTo(10));
        assertThat(shuffled).hasSize((int) Math.ceil(10.0 / batchSize));
        assertThat(shuffled.subList(0, shuffled.size() - 1)).allMatch(batch -> batch.size() == batchSize);
    }

    @Test
    void theKeyDecidesTheOrder() {
        Dataset hundred = numbered(100);
        int[] order = rows(hundred.batches(8, Key.of(1)));
        assertThat(rows(hundred.batches(8, Key.of(1)))).containsExactly(order);
        assertThat(rows(hundred.batches(100, Key.of(1)))).containsExactly(order);
        assertThat(rows(hundred.batches(8, Key.of(2)))).isNotEqualTo(order);
    }

    @Test
    void anEpochGoesOnAtAnyBatch() {
        List<Batch> epoch = numbered(50).batches(8, Key.of(1));
        assertThat(rows(epoch.subList(3, 7))).containsExactly(Arrays.copyOfRange(rows(epoch), 24, 50));
        assertThat(rows(epoch.get(6))).hasSize(2);
    }

    @Test
    void aBatchIsATreeOfTensors() {
        Batch batch = numbered(4).batch(2, 1);
        assertThat(Tree.paths(batch)).containsOnlyKeys("features", "labels");
        assertThat(batch.features().type()).hasToString("f32[2,2]");
        assertThat(batch.labels().type()).hasToString("i64[2]");
        assertThat(Tree.map(batch, leaf -> leaf)).isEqualTo(batch);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.2, 0.25, 0.5, 0.8, 0.99})
    void splitIsDisjointAndComplete(double fraction) {
        Split split = numbered(101).split(fraction, Key.of(5));
        int[] test = rows(split.test().batch());
        int[] train = rows(split.train().batch());
        assertThat(test).hasSize((int) Math.round(101 * fraction));
        assertThat(IntStream.concat(Arrays.stream(test), Arrays.stream(train)))
                .containsExactlyInAnyOrder(Arrays.stream(upTo(101)).boxed().toArray(Integer[]::new));
    }

    @Test
    void splitGivesEveryClassItsShare() {
        Split split = Digits.load().split(0.2, Key.of(0));
        assertThat(split.test().size()).isEqualTo(359);
        assertThat(split.train().size()).isEqualTo(1438);
        long[] all = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
        for (int c = 0; c < 10; c++) {
            int wanted = c;
            double share = all[c] * 359 / 1797.0;
            assertThat(Arrays.stream(split.test().labels().toLongs())
                            .filter(label -> label == wanted)
                            .count())
                    .as("class %d of %s", c, share)
                    .isBetween((long) Math.floor(share), (long) Math.ceil(share));
        }
    }

    @Test
    void splitIsShuffledByItsKey() {
        Dataset hundred = numbered(100);
        int[] train = rows(hundred.split(0.2, Key.of(1)).train().batch());
        assertThat(rows(hundred.split(0.2, Key.of(1)).train().batch())).containsExactly(train);
        assertThat(rows(hundred.split(0.2, Key.of(2)).train().batch())).isNotEqualTo(train);
        List<Integer> firstLabels = new ArrayList<>();
        Arrays.stream(train).limit(30).forEach(row -> firstLabels.add(row % 3));
        assertThat(firstLabels).as("classes at the beginning").contains(0, 1, 2);
    }

    @Test
    void featuresTakeAnotherShapeAndKeepTheirNames() {
        Dataset named = numbered(4).withFeatureNames(List.of("x", "y"));
        assertThat(named.select(1).featureNames()).containsExactly("x", "y");
        assertThat(named.withExampleShape(Shape.of(1, 2)).featureNames()).containsExactly("x", "y");
        assertThat(named.withExampleShape(Shape.of(1, 2)).features().type()).hasToString("f32[4,1,2]");
        assertThat(named.withFeatures(Array.of(new float[4][3])).featureNames()).isEmpty();
        assertInvalid(
                () -> named.withExampleShape(Shape.of(3)),
                "data set numbered: its examples are [2], which do not fit [3]");
    }

    @Test
    void saysWhatIsWrong() {
        Array two = Array.of(new float[2][3]);
        List<String> classes = List.of("a", "b");
        assertInvalid(
                () -> Dataset.of("d", Array.of(new double[2][3]), Array.of(0L, 1L), classes),
                "data set d: features must be f32[n, …], not f64[2,3]");
        assertInvalid(
                () -> Dataset.of("d", Array.scalar(1f), Array.of(0L, 1L), classes),
                "data set d: features must be f32[n, …], not f32[]");
        assertInvalid(
                () -> Dataset.of("d", two, Array.of(0f, 1f), classes), "data set d: labels must be i64[n], not f32[2]");
        assertInvalid(
                () -> Dataset.of("d", two, Array.of(0L), classes),
                "data set d: 2 examples in features f32[2,3], but 1 labels");
        assertInvalid(
                () -> Dataset.of("d", two, Array.of(0L, 2L), classes),
                "data set d: the label 2 of example 1 is outside the 2 classes (0 to 1)");
        assertInvalid(
                () -> Dataset.of("d", two, Array.of(-1L, 0L), classes),
                "data set d: the label -1 of example 0 is outside the 2 classes (0 to 1)");
        assertInvalid(
                () -> Dataset.of("d", Array.of(new float[0][3]), Array.of(new long[0]), classes),
                "data set d: a data set needs at least one example");
        Stream.of(0.0, 1.0, -0.5, Double.NaN)
                .forEach(fraction -> assertInvalid(
                        () -> numbered(9).split(fraction, Key.of(0)),
                        "the test fraction must lie between 0 and 1, not at " + fraction));
        assertInvalid(
                () -> numbered(9).split(0.01, Key.of(0)),
                "a test fraction of 0.01 leaves the test part of the 9 examples of numbered empty");
        assertInvalid(
                () -> numbered(9).split(0.99, Key.of(0)),
                "a test fraction of 0.99 leaves the training part of the 9 examples of numbered empty");
        assertInvalid(() -> numbered(9).batches(0), "the batch size must be at least 1, not 0");
        assertInvalid(() -> numbered(9).batches(-1, Key.of(0)), "the batch size must be at least 1, not -1");
        assertInvalid(() -> numbered(9).select(), "data set numbered: a data set needs at least one example");
        assertInvalid(() -> numbered(9).select(9), "data set numbered has no row 9; its rows are 0 to 8");
        assertInvalid(() -> numbered(9).withFeatureNames(List.of("x")), "data set numbered: 1 names for 2 features");
    }

    private static void assertInvalid(Runnable call, String message) {
        assertThatThrownBy(call::run).isInstanceOf(InvalidArgument.class).hasMessage(message);
    }
}
