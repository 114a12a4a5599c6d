package dev.adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberedClassesTest {
    private static long[] labels(String text) {
        return Arrays.stream(text.split(",")).mapToLong(Long::parseLong).toArray();
    }

    /// Wine is rated from 3 to 9; the first ten test images of MNIST lack 3, 6 and 8.
    @ParameterizedTest
    @ValueSource(strings = {"4", "0", "1,2,3", "0,2", "3,4,5,6,7,8,9", "7,2,1,0,4,1,4,9,5,9", "0,1,2,3,4,5,6,8,9"})
    void aFewClassesMayLackExamples(String text) {
        assertThat(NumberedClasses.stray(labels(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,1,77", "1,77,0,77", "0,1,76,77", "0,3,1,2,4,5,6,7,8,9,13", "3,8"})
    void theLargestLabelIsNamed(String text) {
        long[] labels = labels(text);
        NumberedClasses.Stray stray = NumberedClasses.stray(labels).orElseThrow();
        assertThat(stray.label()).isEqualTo(Arrays.stream(labels).max().orElseThrow());
        assertThat(labels[stray.example()]).isEqualTo(stray.label());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,1,2,3,4,7,9,10,300"})
    void theOthersAreShownInRuns(String text) {
        assertThat(NumberedClasses.stray(labels(text)).orElseThrow().others()).isEqualTo("0 … 4, 7, 9 … 10");
    }
}
