package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BenchCommandTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private static void isRefused(Called called, String message) {
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.out()).isEmpty();
        assertThat(called.err())
                .matches("(?s)adjoint (bench|train): \\Q" + message + "\\E\\n.*")
                .doesNotContain("\tat ");
    }

    @Test
    void wrongNamesAndNumbersAreRefusedInOneLine() {
        isRefused(
                Called.with("bench", "nothing-of-this-kind"),
                "no workload is called 'nothing-of-this-kind'; there are mlp-small, mlp, lenet, resnet18, lstm, gpt,"
                        + " memory, matmul, circuit, compile, peak, start");
        isRefused(
                Called.with("bench", "--explain", "matmul"),
                "'matmul' is no training step: --explain explains workloads");
        isRefused(
                Called.with("bench", "mlp", "matmul"), "'matmul' is no training step: measure it apart from workloads");
        for (int threads : new int[] {0, -3, PROCESSORS + 1}) {
            isRefused(
                    Called.with("bench", "mlp-small", "--threads", "" + threads),
                    "threads must lie between 1 and " + PROCESSORS + ", the number of processors, not at " + threads);
        }
    }

    @Test
    void trainRefusesTheSameNumbersOfThreads() {
        isRefused(
                Called.with("train", "--threads", "0"),
                "--threads: threads must lie between 1 and " + PROCESSORS + ", the number of processors, not at 0");
    }

    @Test
    void explainSumsUpWhatItsKernelsTakeAndDo() {
        Called called = Called.with("bench", "--explain", "mlp-small", "--json");
        assertThat(called.code()).as(called.err()).isZero();
        JsonNode profile = called.json().get("profiles").get(0);
        assertThat(profile.get("workload").asString()).isEqualTo("mlp-small");
        long nanoseconds = 0;
        long operations = 0;
        for (JsonNode kernel : profile.get("kernels")) {
            nanoseconds += kernel.get("nanoseconds").asLong();
            operations += kernel.get("operations").asLong();
        }
        assertThat(profile.get("nanoseconds").asLong()).isEqualTo(nanoseconds).isPositive();
        assertThat(profile.get("operations").asLong()).isEqualTo(operations).isPositive();
        assertThat(profile.get("peak_bytes").asLong()).isGreaterThan(10_000);
    }
}
