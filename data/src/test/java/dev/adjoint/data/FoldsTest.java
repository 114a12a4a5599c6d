package dev.adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
    private static int[] rows(Dataset dataset) {
        return Arrays.stream(dataset.features().toDoubles())
                .mapToInt(x -> (int) x)
                .toArray();
    }

    private static Dataset numbered(int size) {
        float[][] features = new float[size][1];
        Arrays.setAll(features, i -> new float[] {i});
        long[] labels =
                IntStream.range(0, size).mapToLong(i -> i % 7 == 0 ? 1 : 0).toArray();
        return Dataset.of("numbered", Array.of(features), Array.of(labels), List.of("a", "b"));
    }

    @Test
    void everyExampleIsHeldOutOnce() {
        Dataset whole = numbered(103);
        List<Integer> held = new ArrayList<>();
        for (Split split : whole.folds(5, Key.of(1))) {
            int[] test = rows(split.test());
            int[] train = rows(split.train());
            assertThat(test.length).isBetween(20, 21);
            assertThat(split.test().classCounts()[1]).isBetween(3, 3);
            assertThat(IntStream.concat(Arrays.stream(test), Arrays.stream(train))
                            .sorted()
                            .toArray())
                    .containsExactly(IntStream.range(0, 103).toArray());
            Arrays.stream(test).forEach(held::add);
        }
        assertThat(held).hasSize(103).doesNotHaveDuplicates();
    }

    @Test
    void theKeyDecides() {
        Dataset whole = numbered(30);
        assertThat(rows(whole.folds(3, Key.of(1)).getFirst().test()))
                .containsExactly(rows(whole.folds(3, Key.of(1)).getFirst().test()))
                .isNotEqualTo(rows(whole.folds(3, Key.of(2)).getFirst().test()));
        for (int count : List.of(1, 31)) {
            assertThatThrownBy(() -> whole.folds(count, Key.of(1)))
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessage(
                            "the number of folds must lie between 2 and the 30 examples of numbered, not at " + count);
        }
    }

    @Test
    void setsAreConcatenated() {
        Dataset both = Dataset.concat("both", List.of(numbered(2), numbered(3)));
        assertThat(rows(both)).containsExactly(0, 1, 0, 1, 2);
        assertThat(both.labels().toLongs()).containsExactly(1, 0, 1, 0, 0);
        assertThat(both.classCounts()).containsExactly(3, 2);
        assertThatThrownBy(() -> Dataset.concat("both", List.of(numbered(2), Iris.load())))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("data set both: examples [4] of iris do not fit [1] of numbered");
    }
}
