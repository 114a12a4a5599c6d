package dev.adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.run.Kernels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A training that runs on and on takes no more memory than one that has just begun.
class SteadyStateTest {
    private static final int STEPS = 10_000;

    /// The state, the lists of what goes in and out, the loss: a few objects for every weight, none of a weight's size.
    private static final long MOST_ALLOCATED = 8 << 10;

    /// What the JVM's own compiler may still add while the second half runs.
    private static final long MOST_GROWTH = 16 << 20;

    /// The heap is touched from the start and of fixed size, so what the process grows by is native.
    private static final List<String> FIXED_HEAP =
            List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    @Test
    void tenThousandStepsAllocateNothingThatStays() {
        Map<String, Long> found = FirstSteps.apart(Workload.MLP_SMALL, Kernels.installed(), STEPS, FIXED_HEAP);
        assertThat(found.get("allocated")).as("bytes on the heap a step").isBetween(0L, MOST_ALLOCATED);
        assertThat(found.get("resident"))
                .as("growth of the process in the second half, −1 if the system does not say")
                .isLessThan(MOST_GROWTH);
    }
}
