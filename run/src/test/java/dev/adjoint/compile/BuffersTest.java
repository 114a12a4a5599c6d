package dev.adjoint.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BuffersTest {
    /// One kilobyte.
    private static final Tensor X = Array.zeros(DType.F64, 128);

    private static Plan plan(Function<Tensor, Tensor> f) {
        return new PlanMemory().apply(new Fuse(_ -> false).apply(Trace.of(X, f).graph()));
    }

    private static Tensor half(Tensor x) {
        return x.reshape(2, 64).sum(0);
    }

    @Test
    void aSmallerValueStandsInALargerBuffer() {
        // The result has memory of its own; sin and exp of the half alternate, the sum takes what the first left.
        Plan plan = plan(x -> half(x.sin().exp()).sin().exp());
        assertThat(plan.buffers().types()).hasSize(2);
        assertThat(plan.buffers().bytes()).isEqualTo(2 * 1024);
    }

    @Test
    void aLargerValueMakesTheBufferLarger() {
        Plan plan = plan(x -> half(x).sin().broadcastTo(Shape.of(4, 64)).exp().sum());
        assertThat(plan.buffers().bytes()).isEqualTo(2 * 4 * 64 * 8);
    }

    @Test
    void typesDoNotMix() {
        Plan plan = plan(x -> x.sin().to(DType.I64).to(DType.F32).exp());
        assertThat(plan.buffers().types())
                .extracting(Buffers.Buffer::dtype)
                .containsExactlyInAnyOrder(DType.F64, DType.I64, DType.F32);
    }

    @Test
    void whatAStepReadsLastMayGiveItsPlaceToWhatItWrites() {
        Plan plan = plan(x -> x.sin().exp().sin().exp());
        assertThat(Buffers.of(plan, (_, _, _) -> true).bytes()).isEqualTo(1024);
        assertThat(Buffers.of(plan, (step, _, _) -> step == 1).bytes()).isEqualTo(2 * 1024);
        Plan later = plan(x -> {
            Tensor y = x.sin();
            return y.exp().add(y).exp();
        });
        // y is read again after the exponential.
        assertThat(Buffers.of(later, (step, _, _) -> step == 1).bytes()).isEqualTo(3 * 1024);
        assertThat(Buffers.of(later, (_, _, _) -> true).bytes()).isEqualTo(2 * 1024);
    }

    @Test
    void noTwoValuesThatAreNeededAtOnceShareABuffer() {
        Plan plan = Compiled.of((Tensor x) -> {
                    Tensor y = x;
                    for (int i = 0; i < 8; i++) {
                        y = y.mul(y.reshape(2, 64).softmax(-1).reshape(128)).add(half(y).sum());
                    }
                    return y;
                })
                .executable(X)
                .plan();
        Buffers buffers = plan.buffers();
        Integer[] tenant = new Integer[buffers.types().size()];
        for (Step step : plan.steps()) {
            for (int slot : step.writes()) {
                Integer buffer = buffers.ofSlot().get(slot);
                if (buffer != null) {
                    assertThat(tenant[buffer]).as("buffer of " + slot).isNull();
                    tenant[buffer] = slot;
                }
            }
            for (int slot : step.reads()) {
                Integer buffer = buffers.ofSlot().get(slot);
                if (buffer != null) {
                    assertThat(tenant[buffer]).isEqualTo(slot);
                }
            }
            for (int slot : step.frees()) {
                Integer buffer = buffers.ofSlot().get(slot);
                if (buffer != null) {
                    tenant[buffer] = null;
                }
            }
        }
    }

    @Test
    void whatIsWrittenInPlaceIsWhatTheReferenceComputes() {
        Function<Tensor, List<Tensor>> f = x -> {
            Tensor rows = x.reshape(8, 16);
            Tensor y = rows.add(1).softmax(-1);
            Tensor z = y.matmul(rows.mT()).tanh().matmul(y).exp();
            return List.of(half(z.add(y).mul(z).reshape(128)), z.sum(0), y);
        };
        Tensor x = Array.of(Array.key(Key.of(3)).normal(X.type()));
        List<Tensor> expected = Compiled.of(f, Kernels.reference()).apply(x);
        List<Tensor> found = Compiled.of(f).apply(x);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Array.of(found.get(i).sub(expected.get(i)).abs().max()).item())
                    .isLessThan(1e-12);
        }
    }
}
