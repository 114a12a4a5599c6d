package dev.adjoint.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Trace;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WorkTest {
    private static Work work(Function<List<Tensor>, Tensor> f, Tensor... operands) {
        return Work.of(new Cluster(Trace.of(List.of(operands), f).graph()));
    }

    private static Tensor zeros(long... dims) {
        return Array.zeros(DType.F32, dims);
    }

    /// 2·n·k·m, and every operand and the result once.
    @Test
    void aProductIsOneMultiplicationAndOneAdditionForEachTriple() {
        assertThat(work(x -> x.get(0).matmul(x.get(1)), zeros(3, 5), zeros(5, 7)))
                .isEqualTo(new Work(4 * (15 + 35 + 21), 2 * 3 * 5 * 7));
        assertThat(work(x -> x.get(0).matmul(x.get(1)), zeros(4, 3, 5), zeros(5, 7))
                        .operations())
                .isEqualTo(4 * 2 * 3 * 5 * 7);
    }

    @Test
    void aConvolutionMultipliesEveryResultWithTheWindow() {
        Window padded = Window.dense(2).padding(1);
        assertThat(work(x -> x.get(0).apply(new Convolution(padded, 1), x.get(1)), zeros(2, 3, 8, 8), zeros(4, 3, 3, 3))
                        .operations())
                .isEqualTo(2L * (2 * 4 * 8 * 8) * (3 * 3 * 3));
    }

    @Test
    void chainsAddUpAndFunctionsAreDear() {
        assertThat(work(x -> x.get(0).mul(x.get(1)).add(x.get(0)), zeros(10), zeros(10)))
                .isEqualTo(new Work(4 * 30, 20));
        assertThat(work(x -> x.get(0).exp(), zeros(10)).operations()).isEqualTo(190);
    }

    @Test
    void compositesCountAsWhatTheyAreMadeOf() {
        Tensor rows = zeros(4, 100);
        // max, sub, exp, sum, div: a pass over all elements each, and exp as 19.
        assertThat(work(x -> x.get(0).softmax(-1), rows).operations()).isEqualTo(400 * (1 + 1 + 19 + 1 + 1));
    }

    @Test
    void workAddsUp() {
        assertThat(new Work(1, 2).plus(new Work(10, 20))).isEqualTo(new Work(11, 22));
    }
}
