package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.bench.FirstSteps;
import dev.adjoint.bench.Miniature;
import dev.adjoint.run.Kernels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A training that runs on and on takes no more memory than one that has just begun, with all kernels that the command has:
/// those of native libraries too. Every number is that of the second half of the steps, over all threads.
class SteadyTrainingTest {
    /// What the JVM's own compiler may still add while the second half runs.
    private static final long MOST_GROWTH = 8 << 20;

    /// The heap is touched from the start and of fixed size, so what the process grows by is native.
    private static final List<String> FIXED_HEAP =
            List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    /// What remains are the objects that hold the new state: for each of its tensors an array and its elements, and the records
    /// and lists of the tree.
    ///
    /// Ten thousand steps are looked at, after ten thousand in which the JVM's compiler does its work.
    @ParameterizedTest
    @CsvSource({"MLP, 2500", "CONVOLUTIONS, 6000"})
    void tenThousandStepsTakeNothingThatStays(Miniature training, long mostBytes) {
        Map<String, Long> found = FirstSteps.apart(training, Kernels.installed(), 20_000, FIXED_HEAP);
        assertThat(found.get("allocated")).as("bytes on the heap a step").isBetween(0L, mostBytes);
        assertThat(found.get("resident"))
                .as("growth of the process in the second half, −1 if the system does not say")
                .isLessThan(MOST_GROWTH);
    }

    /// Too few steps for the JVM's compiler to have left out what it can: bounds are wider.
    @ParameterizedTest
    @CsvSource({"RESIDUAL, 8000", "LSTM, 8000", "GPT, 24000"})
    void everyKindOfLayerIsSteady(Miniature training, long mostBytes) {
        Map<String, Long> found = FirstSteps.apart(training, Kernels.installed(), 1_000, FIXED_HEAP);
        assertThat(found.get("allocated")).as("bytes on the heap a step").isBetween(0L, mostBytes);
        assertThat(found.get("resident"))
                .as("growth of the process in the second half, −1 if the system does not say")
                .isLessThan(MOST_GROWTH);
    }
}
