package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.op.Catalog;
import dev.adjoint.testkit.Law;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class CommandLineTest {
    @ParameterizedTest
    @ValueSource(strings = {"explain", "train", "predict", "summary", "diagnose", "check", "ops", "doctor"})
    void everyCommandHasHelpOnStandardOutput(String command) {
        for (String option : List.of("--help", "-h")) {
            Called called = Called.with(command, option);
            assertThat(called.code()).isZero();
            assertThat(called.err()).isEmpty();
            assertThat(called.out()).startsWith("Usage: adjoint " + command).contains("--json", "--stacktrace");
        }
    }

    @Test
    void theRootListsItsCommands() {
        Called called = Called.with("--help");
        assertThat(called.code()).isZero();
        assertThat(called.out())
                .contains("explain", "train", "predict", "data", "summary", "diagnose", "check", "ops", "doctor");
    }

    @Test
    void versionIsOneLine() {
        Called called = Called.with("--version");
        assertThat(called.code()).isZero();
        assertThat(called.out()).startsWith("adjoint ").hasLineCount(1);
    }

    @Test
    void withoutACommandThereIsNothingToDo() {
        Called called = Called.with();
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.out()).isEmpty();
        assertThat(called.err())
                .startsWith("adjoint: a command is missing; there are explain, train")
                .hasLineCount(1);
    }

    @Test
    void unknownCommandsAndOptionsSuggestTheNearest() {
        assertThat(Called.with("tain")).isEqualTo(wrong("adjoint: unknown command 'tain'; did you mean train?"));
        assertThat(Called.with("--versoin"))
                .isEqualTo(wrong("adjoint: unknown option --versoin; did you mean --version?"));
        assertThat(Called.with("train", "--epoch", "3"))
                .isEqualTo(wrong("adjoint train: unknown option --epoch; did you mean --epochs?"));
        assertThat(Called.with("ops", "add")).isEqualTo(wrong("adjoint ops: unexpected argument 'add'"));
    }

    private static Called wrong(String message) {
        return new Called(2, "", message + System.lineSeparator());
    }

    @Test
    void aStackTraceIsShownOnlyOnRequest() {
        assertThat(Called.with("explain", "x+", "x=1").err()).hasLineCount(1);
        Called called = Called.with("explain", "x+", "x=1", "--stacktrace");
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err()).contains("\tat dev.adjoint.cli");
        assertThat(Called.with("explain", "--ordr", "--stacktrace", "x").err()).contains("\tat ");
    }

    @Test
    void opsListsTheCatalogue() {
        JsonNode operators = Called.with("ops", "--json").json().get("operators");
        List<String> names = new ArrayList<>();
        for (JsonNode op : operators) {
            assertThat(op.propertyNames())
                    .containsExactly("name", "family", "formula", "derivative", "without_derivative");
            assertThat(op.get("derivative").isNull())
                    .isNotEqualTo(op.get("without_derivative").isNull());
            names.add(op.get("name").asString());
        }
        assertThat(names).containsExactlyElementsOf(Catalog.named().keySet());
        assertThat(Called.with("ops").out()).containsPattern("tanh +Unary +tanh x +1 - y²");
    }

    @Test
    void doctorFindsThisJdk() {
        Called called = Called.with("doctor", "--json");
        assertThat(called.json().propertyNames()).containsExactly("ok", "findings");
        JsonNode jdk = called.json().get("findings").get(0);
        assertThat(jdk.propertyNames()).containsExactly("name", "found", "expected", "ok", "advice");
        assertThat(jdk.get("found").asString()).startsWith(Runtime.version().toString());
        assertThat(Called.with("doctor").out()).contains("oneDNN", "vector module", "threads", "memory");
    }

    @Test
    void checkReportsTheWorstErrors() {
        Called called = Called.with("check", "tanh", "not", "--json");
        assertThat(called.code()).isZero();
        assertThat(called.json().propertyNames()).containsExactly("passed", "worst", "operators");
        assertThat(called.json().get("passed").asBoolean()).isTrue();
        JsonNode tanh = called.json().get("operators").get(0);
        assertThat(tanh.propertyNames())
                .containsExactly(
                        "name",
                        "family",
                        "samples",
                        "forward1",
                        "reverse1",
                        "forward2",
                        "reverse2",
                        "forward3",
                        "reverse3",
                        "passed",
                        "without_derivative");
        assertThat(tanh.get("samples").asInt()).isPositive();
        assertThat(tanh.get("reverse2").asDouble()).isLessThan(1e-6);
        assertThat(tanh.get("reverse3").asDouble()).isBetween(1e-16, 1e-6);
        assertThat(called.json()
                        .get("operators")
                        .get(1)
                        .get("without_derivative")
                        .asString())
                .contains("boolean");
        assertThat(Called.with("check", "tanh").out()).contains("operators: 1, all errors are below 1e-6");
    }

    @Test
    void checkTestsTheLawsWhenAsked() {
        Called called = Called.with("check", "tanh", "--laws", "--json");
        assertThat(called.code()).isZero();
        JsonNode laws = called.json().get("laws");
        assertThat(laws.size()).isEqualTo(Law.values().length);
        assertThat(laws.get(0).propertyNames()).containsExactly("law", "statement", "cases", "broken");
        assertThat(laws.get(0).get("cases").asInt()).isPositive();
        assertThat(laws.get(0).get("broken").isEmpty()).isTrue();
        assertThat(Called.with("check", "tanh", "--laws").out())
                .contains("third order", "it makes no difference how operands lie in memory");
    }

    @Test
    void checkOfAnUnknownOperatorSuggestsTheNearest() {
        assertThat(Called.with("check", "matmull"))
                .isEqualTo(wrong("adjoint check: no operator is called 'matmull'; did you mean matmul?"));
    }
}
