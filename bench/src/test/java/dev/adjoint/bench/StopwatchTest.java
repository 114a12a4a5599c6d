package dev.adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.run.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StopwatchTest {
    /// A step that does not learn is not a step.
    @ParameterizedTest
    @EnumSource(names = {"MLP_SMALL", "MLP", "LENET"})
    void everyStepLearns(Workload workload) {
        Measurement found = Stopwatch.brief().measure(workload, Kernels.installed());
        assertThat(found.learns()).as("%s", found).isTrue();
        assertThat(found.minMs()).isPositive().isLessThanOrEqualTo(found.medianMs());
        assertThat(found.medianMs()).isLessThanOrEqualTo(found.maxMs());
        assertThat(found.trainBytes()).isGreaterThan(found.predictBytes());
    }
}
