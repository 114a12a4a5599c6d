package dev.adjoint.compile;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryLimitTest {
    private static final Tensor X = Array.zeros(DType.F32, 100, 256);

    private static Plan plan() {
        return Executable.compile(
                        Trace.of(X, (Tensor x) -> x.matmul(x.mT()).exp().sum()).graph())
                .plan();
    }

    @Test
    void aPlanThatFitsPasses() {
        assertThatCode(() -> new MemoryLimit(plan().peakBytes()).check(plan())).doesNotThrowAnyException();
    }

    @Test
    void aPlanThatDoesNotFitNamesItsLargestValuesAndTheWaysOut() {
        assertThatThrownBy(() -> new MemoryLimit(100_000).check(plan()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageMatching(
                        "the plan holds \\d+ KiB at once, and Java may take 97\\.7 KiB; its largest values are"
                                + " f32\\[100,256\\] \\(100 KiB, an argument\\), f32\\[\\d+,\\d+\\] \\(.*\\)\\. Smaller batches take"
                                + " less, and so does CustomRules\\.checkpoint, which computes values again instead of keeping"
                                + " them; -Xmx lets Java take more");
    }

    /// 64 results of 8 GiB: more than any machine that this runs on has.
    @Test
    void nothingIsAllocatedOrTakenBeforeTheRefusal() {
        Array one = Array.scalar(1.0);
        Graph graph = Trace.of(
                        one,
                        (Tensor x) -> IntStream.range(0, 64)
                                .mapToObj(i -> x.add(i)
                                        .broadcastTo(dev.adjoint.tensor.Shape.of(1L << 30))
                                        .exp())
                                .toList())
                .graph();
        Executable executable =
                Executable.compile(graph).donating(new dev.adjoint.run.Donation(List.of(0), List.of("taken")));
        assertThatThrownBy(() -> executable.run(List.of(one)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("the plan holds 512 GiB at once, and Java may take ")
                .hasMessageContaining("; its largest values are f64[1073741824] (8.0 GiB, exp), ");
        org.assertj.core.api.Assertions.assertThat(one.item()).isEqualTo(1.0);
    }
}
