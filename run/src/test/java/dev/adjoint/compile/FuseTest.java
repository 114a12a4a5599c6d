package dev.adjoint.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FuseTest {
    private static final Array X = random(1, 6, 6);
    private static final Array Y = random(2, 6, 6);

    private record Pair(Tensor x, Tensor y) {}

    private static Array random(long seed, long... dims) {
        TensorType type = TensorType.of(DType.F32, dims);
        Elements elements = Elements.allocate(DType.F32, type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, Key.of(seed).uniform(i) - 0.3);
        }
        return Array.of(type, elements);
    }

    private static Graph graph(Function<Pair, ?> f) {
        return Trace.of(new Pair(X, Y), f).graph();
    }

    /// The steps, and that they compute the same bits as one kernel for every call.
    private static List<String> steps(Function<Pair, ?> f) {
        Graph graph = graph(f);
        Executable fused = Executable.compile(graph);
        List<Array> apart = graph.apply(List.of(X, Y)).stream().map(Array::of).toList();
        assertThat(fused.run(List.of(X, Y))).isEqualTo(apart);
        assertThat(Executable.compile(graph, Kernels.reference()).plan().steps())
                .allMatch(step -> step.cluster().isSingle());
        return fused.plan().steps().stream()
                .map(step -> step.cluster().toString())
                .toList();
    }

    @Test
    void chainsBecomeOneStep() {
        assertThat(steps(p -> p.x.add(p.y).relu().mul(0.5))).containsExactly("add·relu·mul");
    }

    @Test
    void whatIsReadElsewhereIsWrittenToo() {
        Function<Pair, List<Tensor>> f = p -> {
            Tensor sum = p.x.add(p.y);
            Tensor ramp = sum.relu();
            return List.of(ramp.mul(sum), ramp.sum());
        };
        assertThat(steps(f)).containsExactly("add·relu·mul", "sum");
        Plan plan = Executable.compile(graph(f)).plan();
        assertThat(plan.steps().getFirst().writes()).hasSize(2);
    }

    /// In many blocks of short lines, too, whose results stand in memory of their own or in that of an operand.
    @Test
    void linesWithOperandsOfEveryKind() {
        Array big = random(3, 70, 9, 40);
        Array row = random(4, 40);
        Array column = random(5, 9, 1);
        Function<List<Tensor>, List<Tensor>> f = at -> {
            Tensor sum = at.get(0).add(at.get(1)).mul(at.get(2)).add(0.25);
            return List.of(sum.relu(), sum.gt(0).to(DType.F32));
        };
        List<Tensor> arguments = List.of(big, row, column);
        Graph graph = Trace.of(arguments, f).graph();
        List<Array> apart = Executable.compile(graph, Kernels.reference()).run(arguments);
        Executable fused = Executable.compile(graph);
        assertThat(fused.plan().steps()).hasSize(1);
        assertThat(fused.run(arguments)).isEqualTo(apart);
    }

    /// Both moments of Adam and the weights: seven arrays.
    @Test
    void anOptimisersWholeUpdateIsOneStep() {
        record State(Tensor weights, Tensor first, Tensor second, Tensor gradient) {}
        State state = new State(random(8, 40), random(9, 40), random(10, 40).square(), random(11, 40));
        Function<State, List<Tensor>> adam = s -> {
            Tensor first = s.first.mul(0.9).add(s.gradient.mul(0.1));
            Tensor second = s.second.mul(0.999).add(s.gradient.square().mul(0.001));
            Tensor step = first.mul(-0.01).div(second.div(0.75).sqrt().add(1e-8));
            return List.of(s.weights.add(step), first, second);
        };
        Plan plan = Executable.compile(Trace.of(state, adam).graph()).plan();
        assertThat(plan.steps()).hasSize(1);
    }

    /// A row that is repeated along short lines, in less than a piece and in several.
    @Test
    void rowsThatRepeat() {
        for (long[] extents : new long[][] {{1, 3}, {5, 3}, {37, 10}, {400, 7}, {3, 255}}) {
            Array x = random(6, extents);
            Array row = random(7, extents[1]);
            Graph graph = Trace.of(new Pair(x, row), p -> p.x.add(p.y).mul(p.y)).graph();
            Executable fused = Executable.compile(graph);
            assertThat(fused.plan().steps()).hasSize(1);
            assertThat(fused.run(List.of(x, row)))
                    .isEqualTo(
                            graph.apply(List.of(x, row)).stream().map(Array::of).toList());
        }
    }

    @Test
    void noStepWaitsForItself() {
        Function<Pair, Tensor> f = p -> {
            Tensor sum = p.x.add(p.y);
            return sum.mul(sum.matmul(p.y)).add(sum);
        };
        assertThat(steps(f)).containsExactly("add", "matmul", "mul·add");
    }

    /// Two joined groups must not wait for each other, even where no call of one waits for the call of the other that
    /// waits for it.
    @Test
    void noTwoStepsWaitForEachOther() {
        Function<Pair, List<Tensor>> f = p -> {
            Tensor a = p.x.add(p.y);
            Tensor b = p.y.matmul(a).add(p.x);
            Tensor c = b.mul(p.y);
            Tensor d = c.matmul(p.x).add(a);
            return List.of(d.mul(p.y), c.neg());
        };
        assertThat(steps(f)).hasSize(5);
    }

    @Test
    void aReshapedResultIsWrittenBeforeItIsRead() {
        Function<Pair, Tensor> f = p -> {
            Tensor sum = p.x.add(p.y);
            return sum.mul(sum.reshape(36).reshape(6, 6));
        };
        assertThat(steps(f)).isNotEmpty();
    }

    @Test
    void rowsAndColumnsAreReadWhereTheyAre() {
        assertThat(steps(p -> p.x.sum(dev.adjoint.tensor.Axes.of(0))
                        .broadcastTo(p.x.shape())
                        .mul(p.y)
                        .add(p.x)))
                .containsExactly("sum", "broadcast·mul·add");
    }

    /// A transposed matrix read element by element would jump: it is moved first, by tiles.
    @Test
    void transposedOperandsAreMovedFirst() {
        assertThat(steps(p -> p.x.permute(Permutation.of(1, 0)).add(p.y))).containsExactly("permute", "add");
    }

    @Test
    void longChainsAreCut() {
        Function<Pair, Tensor> f = p -> {
            Tensor sum = p.x;
            for (int i = 0; i < 200; i++) {
                sum = sum.mul(p.y).add(p.x);
            }
            return sum;
        };
        assertThat(steps(f)).hasSizeBetween(9, 20);
    }

    @Test
    void truthsAndIndicesTakePart() {
        assertThat(steps(p -> p.x.gt(p.y).to(DType.F32).mul(p.x))).containsExactly("greater·cast·mul");
        assertThat(steps(p -> p.x.gt(p.y).where(p.x, p.y.neg()))).containsExactly("greater·neg·where");
        assertThat(steps(p -> p.x.mul(100).to(DType.I32).to(DType.F32).div(3))).containsExactly("mul·cast·cast·div");
        assertThat(steps(p -> p.x.to(DType.BF16).mul(p.y.to(DType.BF16)).to(DType.F32)))
                .containsExactly("cast·cast·mul·cast");
    }
}
