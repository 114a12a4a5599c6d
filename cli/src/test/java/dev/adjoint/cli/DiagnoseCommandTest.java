package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class DiagnoseCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3"})
    void aHealthyNetworkOnDigitsIsFineEverywhere(String seed) {
        Called called = Called.with("diagnose", "--model", "mlp", "--seed", seed);
        assertThat(called.out())
                .startsWith("mlp for digits, batches of 32, seed " + seed + "\n\ninitial loss: fine\n")
                .endsWith("\nall in all: fine\n")
                .doesNotContain("try:", "NaN\n", "∞")
                .contains("layers.hidden", ", enough for batches of ");
        assertThat(called.code()).isZero();
        assertThat(called.err()).isEmpty();
    }

    @Test
    void jsonHoldsEveryCheckWithItsFigures() {
        Called called = Called.with("diagnose", "--model", "linear", "--data", "iris", "--batch", "16", "--json");
        JsonNode json = called.json();
        assertThat(json.propertyNames()).containsExactly("model", "data", "batch", "seed", "verdict", "checks");
        assertThat(json.get("batch").intValue()).isEqualTo(16);
        assertThat(json.get("checks"))
                .hasSize(9)
                .allSatisfy(check -> assertThat(check.propertyNames())
                        .containsExactly("name", "verdict", "summary", "advice", "figures"));
        JsonNode initial = json.get("checks").get(0);
        assertThat(initial.get("figures").get("loss").get(0).get("expected").doubleValue())
                .isEqualTo(Math.log(3.0));
        JsonNode memory =
                json.get("checks").get(8).get("figures").get("batches").get(1);
        assertThat(memory.propertyNames()).containsExactly("examples", "prediction", "training");
        assertThat(memory.get("examples").intValue()).isEqualTo(16);
    }

    /// Of equal features one half has each label: no network can learn that by heart.
    @Test
    void whatIsBrokenFailsTheCommand() throws IOException {
        StringBuilder rows = new StringBuilder("x,label\n");
        for (int i = 0; i < 100; i++) {
            rows.append(String.format(Locale.ROOT, "%d,%d%n", i % 2, i / 2 % 2));
        }
        Path file = Files.writeString(folder.resolve("noise.csv"), rows);
        Called called = Called.with("diagnose", "--data", file.toString());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.out())
                .contains("overfitting one batch: broken\n  the batch is not learned: its loss goes from ")
                .contains("try: look whether features and labels belong together, and whether equal examples")
                .contains("\nall in all: broken: overfitting one batch");
    }

    @Test
    void wrongCallsAreRefused() {
        assertThat(Called.with("diagnose", "--batch", "0"))
                .isEqualTo(new Called(
                        2, "", "adjoint diagnose: --batch must be at least 1, not 0" + System.lineSeparator()));
        assertThat(Called.with("diagnose", "--model", "mpl").err())
                .startsWith("adjoint diagnose: no model is called 'mpl'; did you mean 'mlp'?");
        assertThat(Called.with("diagnose", "--folds", "3").err())
                .startsWith("adjoint diagnose: unknown option --folds");
        assertThat(Called.with("diagnose", "--model", "lenet", "--data", "iris").code())
                .isEqualTo(2);
    }
}
