package dev.adjoint.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.op.elementwise.Exp;
import dev.adjoint.op.elementwise.Sin;
import dev.adjoint.op.elementwise.StopGradient;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlanTest {
    /// Eight bytes an element.
    private static final Tensor X = Array.of(1.0, 2.0, 3.0, 4.0);

    private static Graph graph(Function<Tensor, Tensor> f) {
        return Trace.of(X, f).graph();
    }

    private static Plan plan(Function<Tensor, Tensor> f) {
        return new PlanMemory().apply(new Fuse(_ -> false).apply(graph(f)));
    }

    @Test
    void oneStepForEveryCallAndNoneForAReshape() {
        Plan plan = plan(x -> x.sin().reshape(2, 2).exp());
        assertThat(plan.steps()).extracting(step -> step.cluster().op()).containsExactly(new Sin(), new Exp());
        assertThat(plan.steps().get(1).reads()).isEqualTo(plan.steps().get(0).writes());
        assertThat(plan.resultTypes()).containsExactly(TensorType.of(DType.F64, 2, 2));
    }

    @Test
    void aSlotIsFreedByItsLastReader() {
        Plan plan = plan(x -> x.sin().exp().add(x));
        assertThat(plan.steps()).extracting(Step::frees).containsExactly(List.of(), List.of(1), List.of(2, 0));
    }

    @Test
    void peakCountsWhatIsAliveAtOnce() {
        assertThat(plan(x -> x).peakBytes()).isEqualTo(32);
        assertThat(plan(x -> x.sin()).peakBytes()).isEqualTo(64);
        // x is read last by the first step, so two tensors are alive at any time.
        assertThat(plan(x -> x.sin().exp().sin().exp()).peakBytes()).isEqualTo(64);
        // Here x lives until the end, beside the operand and the result of every step.
        assertThat(plan(x -> x.sin().exp().sin().add(x)).peakBytes()).isEqualTo(96);
    }

    @Test
    void aReshapedArgumentThatIsAResultKeepsItsSlot() {
        Plan plan = plan(x -> x.reshape(2, 2));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.results()).containsExactly(0);
    }

    @Test
    void equalThingsAreComputedOnceAndStopsVanish() {
        Plan plan = new Compile(Cluster::isSingle)
                .apply(graph(x -> x.sin().add(x.stopGradient().sin())));
        assertThat(plan.steps()).extracting(step -> step.cluster().op().name()).containsExactly("sin", "add");
        assertThat(graph(x -> x.stopGradient()).calls())
                .extracting(value -> value.op().getClass())
                .isEqualTo(List.of(StopGradient.class));
    }

    @Test
    void compositesStayWholeOnlyWhereAKernelRunsThem() {
        Function<Tensor, Tensor> f = x -> x.softmax(-1);
        assertThat(new Compile(Cluster::isSingle).apply(graph(f)).steps()).hasSize(1);
        assertThat(new Compile(_ -> false).apply(graph(f)).steps())
                .extracting(step -> step.cluster().op().name())
                .containsExactly("max", "sub", "exp", "sum", "div");
    }
}
