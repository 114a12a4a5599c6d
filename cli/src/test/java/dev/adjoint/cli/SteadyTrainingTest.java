package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.bench.FirstSteps;
import dev.adjoint.bench.Workload;
import dev.adjoint.run.Kernels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A training that runs on and on takes no more memory than one that has just begun, with all kernels that the command has:
/// those of native libraries too.
class SteadyTrainingTest {
    /// What the JVM's own compiler may still add while the second half runs.
    private static final long MOST_GROWTH = 16 << 20;

    /// The heap is touched from the start and of fixed size, so what the process grows by is native.
    private static final List<String> FIXED_HEAP =
            List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    @Test
    void productsTakeNothingThatStays() {
        Map<String, Long> found = FirstSteps.apart(Workload.MLP_SMALL, Kernels.installed(), 10_000, FIXED_HEAP);
        assertThat(found.get("allocated")).as("bytes on the heap a step").isBetween(0L, 64L << 10);
        assertThat(found.get("resident"))
                .as("growth of the process in the second half, −1 if the system does not say")
                .isLessThan(MOST_GROWTH);
    }

    /// What remains are lists, trees and partial sums of ten weights and sixty kernels.
    @Test
    void convolutionsTakeNothingThatStays() {
        Map<String, Long> found = FirstSteps.apart(Workload.LENET, Kernels.installed(), 2_000, FIXED_HEAP);
        assertThat(found.get("allocated")).as("bytes on the heap a step").isBetween(0L, 192L << 10);
        assertThat(found.get("resident"))
                .as("growth of the process in the second half, −1 if the system does not say")
                .isLessThan(MOST_GROWTH);
    }
}
