package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hvp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Checkpoint;
import dev.adjoint.transform.KeptForBackward;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Schedules against the same function without them, and against the memory that theory promises.
class CheckpointTest {
    private static final Tensor X = Array.key(Key.of(3)).normal(TensorType.of(DType.F64, 5));
    private static final long ONE = 5 * 8;

    private static List<Function<Tensor, Tensor>> sines(int stages) {
        return Collections.nCopies(stages, Tensor::sin);
    }

    private static Function<Tensor, Tensor> plain(int stages) {
        return sines(stages).stream().reduce(Function.identity(), Function::andThen);
    }

    private static long kept(Graph graph) {
        return KeptForBackward.bytes(KeptForBackward.of(graph));
    }

    private static Graph graph(Function<Tensor, Tensor> f) {
        return Trace.of(X, f).graph();
    }

    /// The bytes kept while the largest part is computed again.
    private static long inside(Graph graph) {
        return graph.calls().stream()
                .filter(v -> v.op() instanceof Recompute)
                .mapToLong(v -> kept((Graph) ((Recompute) v.op()).body()))
                .max()
                .orElse(0);
    }

    /// Sines keep their operands, and the first one's is the argument: n − 1 values. In √n segments of √n stages, √n − 1
    /// are kept between the segments and √n − 1 in one of them.
    @ParameterizedTest
    @CsvSource({"16, 3", "64, 7", "256, 15"})
    void aChainKeepsTheSquareRoot(int stages, long expected) {
        assertThat(kept(graph(plain(stages)))).isEqualTo((stages - 1) * ONE);
        Graph chained = graph(Checkpoint.chain(sines(stages)));
        assertThat(kept(chained)).isEqualTo(expected * ONE);
        assertThat(inside(chained)).isEqualTo(expected * ONE);
    }

    private static void assertSameBits(Function<Tensor, Tensor> found, Function<Tensor, Tensor> expected) {
        Function<Tensor, Tensor> one = x -> found.apply(x).sum();
        Function<Tensor, Tensor> other = x -> expected.apply(x).sum();
        assertThat(found.apply(X)).isEqualTo(expected.apply(X));
        assertThat(grad(one).apply(X)).isEqualTo(grad(other).apply(X));
        assertThat(hvp(one, X, X)).isEqualTo(hvp(other, X, X));
        assertThat(Compiled.of(grad(one)).apply(X))
                .isEqualTo(Compiled.of(grad(other)).apply(X));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16})
    void aChainGivesTheSameBits(int stages) {
        assertSameBits(Checkpoint.chain(sines(stages)), plain(stages));
    }

    /// Branches that meet again, values that are read late, a constant, a composite.
    private static Tensor tangled(Tensor x) {
        Tensor a = x.sin();
        Tensor b = a.exp().mul(x);
        Tensor c = b.tanh().add(a).square();
        Tensor d = c.mul(b).add(2.5).softmax(0);
        return d.mul(a).sin().mul(c).exp().sin().tanh().mul(b);
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, 10, 9, 8})
    void aBudgetIsKeptAndTheBitsAreToo(long values) {
        Function<Tensor, Tensor> f = Checkpoint.within(values * ONE, CheckpointTest::tangled);
        Graph graph = graph(f);
        assertThat(kept(graph) + inside(graph)).isLessThanOrEqualTo(values * ONE);
        assertSameBits(f, CheckpointTest::tangled);
    }

    @Test
    void onlyAsMuchIsComputedTwiceAsTheBudgetAsksFor() {
        long repeated = 0;
        for (long values : new long[] {63, 40, 25, 17, 15}) {
            Graph graph = graph(Checkpoint.within(values * ONE, plain(64)));
            assertThat(kept(graph) + inside(graph)).isLessThanOrEqualTo(values * ONE);
            long more = graph.calls().stream()
                    .filter(v -> v.op() instanceof Recompute)
                    .mapToLong(
                            v -> ((Graph) ((Recompute) v.op()).body()).calls().size())
                    .sum();
            assertThat(more).isGreaterThanOrEqualTo(repeated);
            repeated = more;
        }
        assertThat(graph(Checkpoint.within(63 * ONE, plain(64))).calls()).noneMatch(v -> v.op() instanceof Recompute);
        assertThat(repeated).isLessThanOrEqualTo(64);
    }

    @Test
    void tensorsFromOutsideMayBeUsed() {
        Function<Tensor, Tensor> f = x -> {
            Tensor w = x.cos();
            return Checkpoint.within(
                            3 * ONE,
                            (Tensor y) -> y.mul(w).sin().exp().sin().tanh().sin())
                    .apply(x);
        };
        assertSameBits(f, x -> x.mul(x.cos()).sin().exp().sin().tanh().sin());
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        assertThatThrownBy(() -> Checkpoint.within(2 * ONE, plain(64)).apply(X))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageMatching(
                        "checkpoint within 80 bytes: no schedule fits; the smallest that was found keeps \\d+"
                                + " bytes, and without recomputation it is 2520");
        assertThatThrownBy(() -> Checkpoint.chain(List.<Function<Tensor, Tensor>>of()))
                .hasMessage("a chain needs at least one stage");
    }
}
