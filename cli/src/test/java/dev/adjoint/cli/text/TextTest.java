package dev.adjoint.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.tensor.NearestNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "-12, -12",
        "0.7310585786, 0.731059",
        "1234567, 1234570",
        "1e-5, 1e-05",
        "1.5e-7, 1.5e-07",
        "123456789012, 1.23457e+11",
        "1e100, 1e+100",
        "NaN, NaN",
        "Infinity, ∞",
        "-Infinity, -∞",
        "0.1, 0.1"
    })
    void numbersForPeople(double value, String text) {
        assertThat(Decimal.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1536, 1.5 KiB", "204800, 200 KiB", "1073741824, 1.0 GiB"})
    void bytesForPeople(long bytes, String text) {
        assertThat(Decimal.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void columnsAlignAndLinesEndWhereTheirTextEnds() {
        Table table = Table.of("name", ">value", "note").row("x", 1, "").row("ŷ̂long", 100, "n");
        assertThat(table.toString().lines()).containsExactly("name   value  note", "x          1", "ŷ̂long    100  n");
    }

    @Test
    void jsonHasNoNumbersThatJsonLacks() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("a", List.of(1.5, Double.NaN, Double.NEGATIVE_INFINITY));
        object.put("b", Map.of("c", Optional.empty()));
        object.put("d", "σ \"quoted\"\n");
        assertThat(Json.text(object))
                .isEqualTo("{\"a\":[1.5,\"NaN\",\"-Infinity\"],\"b\":{\"c\":null},\"d\":\"σ \\\"quoted\\\"\\n\"}");
    }

    @Test
    void nearestNames() {
        List<String> known = List.of("sigmoid", "sign", "sin", "tanh", "maximum", "softmax", "logsoftmax");
        assertThat(NearestNames.of("sigmod", known)).first().isEqualTo("sigmoid");
        assertThat(NearestNames.of("tahn", known)).containsExactly("tanh");
        assertThat(NearestNames.of("Softmaxx", known)).contains("softmax");
        assertThat(NearestNames.of("max", known)).containsExactly("maximum");
        assertThat(NearestNames.of("qqqqqq", known)).isEmpty();
        assertThat(NearestNames.hint("sn", known)).isEqualTo("; did you mean sin?");
        assertThat(NearestNames.hint("zzzzz", known)).isEmpty();
    }
}
