package dev.adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.run.Kernels;
import dev.adjoint.train.diagnosis.Figure;
import dev.adjoint.train.diagnosis.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

/// That benchmarks measure what they say; how fast anything is, no test asks.
class BenchmarksTest {
    private static final Stopwatch BRIEF = Stopwatch.brief();

    private static List<Object> column(Figures figures, String name) {
        int index = figures.columns().indexOf(name);
        return figures.rows().stream().map(row -> (Object) row.get(index)).toList();
    }

    private static void hasPositiveNumbers(Figures figures) {
        assertThat(figures.rows()).isNotEmpty().allSatisfy(row -> {
            assertThat(row).hasSameSizeAs(figures.columns());
            for (Figure figure : row) {
                if (figure instanceof Figure.Real(var value)) {
                    assertThat(value).isFinite().isPositive();
                }
            }
        });
    }

    @Test
    void bandwidthBeginsWithTheCopyOfEverySize() {
        Figures figures = new Bandwidth(List.of(1, 2)).measure(Kernels.installed(), BRIEF);
        hasPositiveNumbers(figures);
        assertThat(column(figures, "operator"))
                .filteredOn(new Figure.Word("copy")::equals)
                .hasSize(2);
        assertThat(column(figures, "floats")).contains(new Figure.Count(1024), new Figure.Count(2048));
    }

    @Test
    void productsAreMeasuredForEveryProviderButTheReference() {
        Figures figures = new MatrixProducts(List.of(16)).measure(Kernels.installed(), BRIEF);
        hasPositiveNumbers(figures);
        assertThat(column(figures, "kernels"))
                .contains(new Figure.Word("jvm"))
                .doesNotContain(new Figure.Word("reference"));
    }

    @Test
    void theCircuitIsMeasured() {
        hasPositiveNumbers(new ScalarCircuit(List.of(1, 10)).measure(Kernels.installed(), BRIEF));
    }

    @Test
    void whatIsComparedWithTheCircuitComputesTheSame() {
        double[] x = {0.5, -1, 2};
        double[] y = {1, 0.25, -0.5};
        ScalarCircuit.Staged staged = new ScalarCircuit.Staged(x, y);
        staged.run();
        ScalarCircuit.Point compiled = ScalarCircuit.gradients(x, y, Kernels.installed());
        assertThat(Array.of(compiled.x()).toDoubles()).containsExactly(staged.byX(), within(1e-12));
        assertThat(Array.of(compiled.y()).toDoubles()).containsExactly(staged.byY(), within(1e-12));
        double step = 1e-6;
        double slope = (value(0.5 + step, 1) - value(0.5 - step, 1)) / (2 * step);
        assertThat(staged.byX()[0]).isEqualTo(slope, within(1e-8));
    }

    private static double value(double x, double y) {
        return Array.of(ScalarCircuit.f(new ScalarCircuit.Point(Array.scalar(x), Array.scalar(y))))
                .item();
    }

    @Test
    void aFirstStepHasThreePhases() {
        assertThat(FirstSteps.apart(Workload.MLP_SMALL, Kernels.installed(), 0, List.of()))
                .containsOnlyKeys("trace", "compile", "run")
                .allSatisfy((_, nanoseconds) -> assertThat(nanoseconds).isPositive());
    }

    @Test
    void aProcessThatFailsSaysWhatItSaid() {
        assertThatThrownBy(() -> new FreshProcess(FirstSteps.class, List.of("-Xmx1k")).run(List.of("mlp")))
                .isInstanceOf(BenchmarkFailure.class)
                .hasMessageStartingWith("FirstSteps mlp ended with code 1: ");
    }
}
