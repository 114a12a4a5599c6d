package dev.adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {
    /// Distances from the literature: kitten–sitting is Levenshtein's example; ca–abc is 3 where no part is edited
    /// twice.
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "ca, abc, 3", "ab, ba, 1", "flaw, lawn, 2", "same, same, 0", "'', abc, 3"})
    void distances(String from, String to, int distance) {
        assertThat(NearestNames.distance(from, to)).isEqualTo(distance);
        assertThat(NearestNames.distance(to, from)).isEqualTo(distance);
    }

    @Test
    void namesThatMayHaveBeenMeant() {
        List<String> known = List.of("sigmoid", "sin", "sign", "softmax", "softplus", "tanh");
        assertThat(NearestNames.of("sigmiod", known)).containsExactly("sigmoid");
        assertThat(NearestNames.of("SIGN", known)).containsExactly("sign", "sin");
        assertThat(NearestNames.of("soft", known)).containsExactly("softmax", "softplus");
        assertThat(NearestNames.of("cosh", known)).isEmpty();
        assertThat(NearestNames.of("", known)).isEmpty();
    }

    @Test
    void unknownNames() {
        assertUnknown("digist", "no data set is called 'digist'; did you mean 'digits'?");
        assertUnknown("Digits", "no data set is called 'Digits'; did you mean 'digits'?");
        assertUnknown("breast_cancer", "no data set is called 'breast_cancer'; did you mean 'breast-cancer'?");
        assertUnknown("mnist", "no data set is called 'mnist'; known: breast-cancer, digits, iris, wine");
        assertUnknown("a\nb", "no data set is called 'a\\u000ab'; known: breast-cancer, digits, iris, wine");
    }

    private static void assertUnknown(String name, String message) {
        List<String> known = List.of("breast-cancer", "digits", "iris", "wine");
        assertThat(NearestNames.unknown("data set", name, known)).hasMessage(message);
    }

    @Test
    void manyNamesAreNotAllListed() {
        List<String> known = IntStream.range(0, 25).mapToObj(i -> "name" + i).toList();
        assertThat(NearestNames.unknown("thing", "xyz", known).getMessage())
                .startsWith("no thing is called 'xyz'; known: name0, name1, ")
                .endsWith("name19 and 5 more");
    }
}
