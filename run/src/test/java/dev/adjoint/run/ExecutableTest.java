package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.valueAndGrad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.compile.Plan;
import dev.adjoint.compile.Step;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.composite.CrossEntropy;
import dev.adjoint.op.composite.MaxPool;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.source.RandomNormal;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ExecutableTest {
    private static Array normal(long seed, long... dims) {
        TensorType type = TensorType.of(DType.F32, dims);
        return Array.of(Array.key(Key.of(seed)).apply(new RandomNormal(type)));
    }

    /// Kernel, bias, input and labels of a small convolutional classifier.
    private static List<Tensor> arguments() {
        return List.of(normal(1, 4, 1, 3, 3), normal(2, 64, 3), normal(3, 5, 1, 8, 8), Array.of(0, 1, 2, 0, 1));
    }

    private static Tensor loss(List<Tensor> at) {
        Window window = Window.dense(2);
        return at.get(2)
                .apply(new Convolution(window.padding(1), 1), at.get(0))
                .relu()
                .apply(new MaxPool(window.stride(2), Shape.of(2, 2)))
                .reshape(5, 64)
                .matmul(at.get(1))
                .apply(new CrossEntropy(), at.get(3))
                .mean();
    }

    private static List<Tensor> step(List<Tensor> at) {
        Function<List<Tensor>, Tensor> f = ExecutableTest::loss;
        var both = valueAndGrad(f).apply(at);
        List<Tensor> results = new ArrayList<>(List.of(both.value()));
        results.addAll(both.gradient().subList(0, 2));
        return results;
    }

    @Test
    void compiledEqualsEager() {
        List<Tensor> eager = step(arguments());
        List<Tensor> compiled = Compiled.of(ExecutableTest::step).apply(arguments());
        assertThat(compiled).isEqualTo(eager);
    }

    @Test
    void fastEqualsReferenceWithinRounding() {
        List<Tensor> fast = Compiled.of(ExecutableTest::step).apply(arguments());
        List<Tensor> slow =
                Compiled.of(ExecutableTest::step, Kernels.reference()).apply(arguments());
        for (int i = 0; i < fast.size(); i++) {
            double[] wanted = Array.of(slow.get(i)).toDoubles();
            assertThat(Array.of(fast.get(i)).toDoubles())
                    .containsExactly(wanted, org.assertj.core.data.Offset.offset(1e-5));
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        List<Tensor> one = Compiled.of(ExecutableTest::step, Kernels.installed(Workers.of(1)))
                .apply(arguments());
        assertThat(Compiled.of(ExecutableTest::step).apply(arguments())).isEqualTo(one);
    }

    @Test
    void everySlotIsFreedAfterItsLastReaderOrIsKept() {
        Graph graph = Trace.of(arguments(), ExecutableTest::step).graph();
        Plan plan = Executable.compile(graph).plan();
        Set<Integer> alive = new HashSet<>(plan.constants().keySet());
        for (int i = 0; i < plan.arguments().size(); i++) {
            alive.add(i);
        }
        Set<Integer> read = new HashSet<>();
        for (Step step : plan.steps()) {
            assertThat(alive).containsAll(step.reads());
            alive.addAll(step.writes());
            alive.removeAll(step.frees());
            read.addAll(step.reads());
        }
        Set<Integer> kept = new HashSet<>(plan.results());
        kept.addAll(plan.constants().keySet());
        alive.removeAll(kept);
        assertThat(alive).allSatisfy(slot -> assertThat(read).doesNotContain(slot));
        assertThat(plan.results()).doesNotHaveDuplicates();
    }

    @Test
    void argumentsStayWhatTheyAre() {
        Array x = Array.of(1.0, 2.0);
        List<Array> results =
                Executable.compile(Trace.of(x, (Tensor y) -> y.add(1)).graph()).run(List.of(x));
        assertThat(results).containsExactly(Array.of(2.0, 3.0));
        assertThat(x).isEqualTo(Array.of(1.0, 2.0));
    }

    @Test
    void refusesArgumentsOfOtherTypes() {
        Executable executable = Executable.compile(
                Trace.of(Array.of(1.0, 2.0), (Tensor y) -> y.add(1)).graph());
        assertThatThrownBy(() -> executable.run(List.of(Array.of(1f, 2f))))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("compiled for [f64[2]], not for [f32[2]]");
    }

    @Test
    void refusesGraphsThatDependOnASurroundingFunction() {
        Value outside = Value.input("w", TensorType.of(DType.F64));
        Value x = Value.input("x", TensorType.of(DType.F64));
        Graph graph = new Graph(List.of(x), List.of(Value.of(x.mul(outside))));
        assertThatThrownBy(() -> Executable.compile(graph))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("the graph depends on w: f64[], an argument of a surrounding function; only whole functions"
                        + " can be compiled");
    }

    @Test
    void otherTypesAreAnotherExecutable() {
        Compiled<Tensor, Tensor> doubled = Compiled.of(x -> x.mul(2));
        assertThat(Array.of(doubled.apply(Array.of(1.0)))).isEqualTo(Array.of(2.0));
        assertThat(Array.of(doubled.apply(Array.of(1.0, 2.0)))).isEqualTo(Array.of(2.0, 4.0));
        assertThat(doubled.executable(Array.of(1.0))).isSameAs(doubled.executable(Array.of(3.0)));
        assertThat(doubled.executable(Array.of(1.0))).isNotSameAs(doubled.executable(Array.of(1f)));
    }

    @Test
    void leavesOfTreesComeBackInTheirForm() {
        var swapped = Compiled.of((List<Tensor> pair) -> List.of(pair.get(1), pair.get(0)))
                .apply(List.of(Array.of(1.0), Array.of(2.0)));
        assertThat(Tree.leaves(swapped)).isEqualTo(List.of(Array.of(2.0), Array.of(1.0)));
    }
}
