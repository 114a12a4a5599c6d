package dev.adjoint.run;

import static dev.adjoint.run.TestNumbers.numbers;
import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.compile.Plan;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// A step of gradient descent on a table of which some rows are touched.
class SparseUpdatesTest {
    private static final Array TOKENS = Array.of(4L, 1L, 4L);

    private static Tensor table(long rows) {
        return Array.of(new float[] {1, 2})
                .broadcastTo(TensorType.of(DType.F32, rows, 2).shape());
    }

    /// Half the sum of squares of the rows: its gradient is each row as often as it is read.
    private static Tensor loss(Tensor table) {
        return table.gather(0, TOKENS).square().sum().mul(0.5);
    }

    private static Tensor step(Tensor table) {
        return table.sub(grad(SparseUpdatesTest::loss).apply(table).mul(0.25));
    }

    private static Tensor twice(Tensor table) {
        Function<Tensor, Tensor> both =
                w -> loss(w).add(w.gather(0, Array.of(0L)).sum());
        return table.sub(grad(both).apply(table).mul(0.25));
    }

    @Test
    void rowsMoveByTheirGradientAndOthersStay() {
        assertThat(numbers(Compiled.of(SparseUpdatesTest::step).apply(table(5))))
                .containsExactly(1, 2, 0.75, 1.5, 1, 2, 1, 2, 0.5, 1);
        assertThat(numbers(Compiled.of(SparseUpdatesTest::twice).apply(table(5))))
                .containsExactly(0.75, 1.75, 0.75, 1.5, 1, 2, 1, 2, 0.5, 1);
    }

    private static Plan plan(Function<Tensor, Tensor> step, long rows) {
        return Compiled.of(step).executable(table(rows)).plan();
    }

    @Test
    void memoryBesidesTheTableDoesNotDependOnItsSize() {
        assertThat(plan(SparseUpdatesTest::step, 100_000).buffers().bytes())
                .isEqualTo(plan(SparseUpdatesTest::step, 1000).buffers().bytes());
        assertThat(plan(SparseUpdatesTest::twice, 1000).buffers().bytes()).isLessThan(1000);
        Function<Tensor, Tensor> gradient = grad(SparseUpdatesTest::loss);
        assertThat(plan(gradient, 1000).peakBytes()).isLessThan(2 * 8000 + 1000);
    }

    @Test
    void aDonatedTableIsChangedInItsPlace() {
        Tensor table = Array.of(table(5).elements().floats().clone()).reshape(5, 2);
        Object memory = table.elements().array();
        Tensor next = Compiled.of(SparseUpdatesTest::step).donating(w -> w).apply(table);
        assertThat(next.elements().array()).isSameAs(memory);
        assertThat(numbers(next)).containsExactly(1, 2, 0.75, 1.5, 1, 2, 1, 2, 0.5, 1);
    }
}
