package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.compile.Cluster;
import dev.adjoint.op.Op;
import dev.adjoint.op.composite.Attention;
import dev.adjoint.op.composite.Attention.Masking;
import dev.adjoint.op.composite.AttentionGradient;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a thread of attention holds beside operands and results.
class AttentionScratchTest {
    /// Counts what is allocated.
    private record Counting(Blocks<Object> blocks, AtomicLong elements) implements Blocks<Object> {
        @Override
        public Object allocate(int count) {
            elements.addAndGet(count);
            return blocks.allocate(count);
        }

        @Override
        public void copyIn(Object from, int at, Object to, int toAt, int count) {
            blocks.copyIn(from, at, to, toAt, count);
        }

        @Override
        public void copyOut(Object from, int at, Object to, int toAt, int count) {
            blocks.copyOut(from, at, to, toAt, count);
        }

        @Override
        public Runnable multiply(Extents extents, Object a, Object b, Object c) {
            return blocks.multiply(extents, a, b, c);
        }

        @Override
        public Runnable accumulate(Extents extents, Object a, Object b, Object c) {
            return blocks.accumulate(extents, a, b, c);
        }
    }

    private static long elements(Op op, int operands, int steps) {
        TensorType type = TensorType.of(DType.F32, 2, steps, 4);
        Cluster cluster = Cluster.of(op, Collections.nCopies(operands, type));
        AtomicLong elements = new AtomicLong();
        Kernel kernel = AttentionKernels.of(
                        cluster, () -> new Counting(new ArrayBlocks(DType.F32, steps), elements), Workers.of(1))
                .orElseThrow();
        Elements[] results = cluster.outputTypes().stream()
                .map(t -> Elements.allocate(t.dtype(), t.shape().count()))
                .toArray(Elements[]::new);
        Elements[] inputs = List.of(1, 2, 3, 4).subList(0, operands).stream()
                .map(place -> KernelsAgree.uniform(type, -1, 1, place).elements())
                .toArray(Elements[]::new);
        kernel.run(inputs, results);
        return elements.get();
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "CAUSAL"})
    void itDoesNotGrowWithTheSteps(Masking masking) {
        assertThat(elements(new Attention(0.5, masking), 3, 2560))
                .isEqualTo(elements(new Attention(0.5, masking), 3, 1280));
        assertThat(elements(new AttentionGradient(0.5, masking), 4, 2560))
                .isEqualTo(elements(new AttentionGradient(0.5, masking), 4, 1280))
                .isLessThan(100_000);
    }
}
