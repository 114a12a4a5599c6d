package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hvp;
import static dev.adjoint.transform.Transformations.jvp;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.GraphText;
import dev.adjoint.graph.Trace;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.control.Scan;
import dev.adjoint.op.control.Scan.Memory;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Loops;
import dev.adjoint.transform.Loops.Next;
import dev.adjoint.transform.Vjp;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Loops and branches against the same computation unrolled or in closed form.
class LoopsTest {
    /// A recurrent network: its start, its inputs over time and its weights.
    public record Network(Tensor start, Tensor inputs, Tensor weights) {}

    private static Tensor numbers(long seed, long... dims) {
        return Array.key(Key.of(seed)).normal(TensorType.of(DType.F64, dims));
    }

    private static final Network NETWORK = new Network(numbers(1, 3), numbers(2, 5, 3), numbers(3, 3, 3));

    private static Function<Network, Tensor> scanned(Memory memory) {
        return n -> {
            Next<Tensor, Tensor> all = Loops.scan(memory, n.start, n.inputs, (h, x) -> {
                Tensor next = h.matmul(n.weights).add(x).tanh();
                return new Next<>(next, next.square());
            });
            return all.carry().sum().add(all.output().sum());
        };
    }

    private static Tensor unrolled(Network n) {
        Tensor h = n.start;
        Tensor total = n.start.constant(0);
        for (int t = 0; t < n.inputs.dim(0); t++) {
            h = h.matmul(n.weights).add(n.inputs.take(0, t)).tanh();
            total = total.add(h.square().sum());
        }
        return h.sum().add(total);
    }

    private static void assertClose(Tensor actual, Tensor expected) {
        assertThat(actual.type()).isEqualTo(expected.type());
        assertThat(Array.of(actual).toDoubles())
                .containsExactly(Array.of(expected).toDoubles(), within(1e-12));
    }

    private static void assertClose(Network actual, Network expected) {
        assertClose(actual.start, expected.start);
        assertClose(actual.inputs, expected.inputs);
        assertClose(actual.weights, expected.weights);
    }

    @ParameterizedTest
    @EnumSource
    void aScanEqualsTheUnrolledLoopInEveryDerivative(Memory memory) {
        Function<Network, Tensor> scan = scanned(memory);
        Network direction = new Network(numbers(4, 3), numbers(5, 5, 3), numbers(6, 3, 3));
        assertClose(scan.apply(NETWORK), unrolled(NETWORK));
        assertClose(grad(scan).apply(NETWORK), grad(LoopsTest::unrolled).apply(NETWORK));
        assertClose(
                jvp(scan, NETWORK, direction).tangent(),
                jvp(LoopsTest::unrolled, NETWORK, direction).tangent());
        assertClose(hvp(scan, NETWORK, direction), hvp(LoopsTest::unrolled, NETWORK, direction));
        Function<Network, Tensor> slope = n -> {
            Network g = grad(scan).apply(n);
            return g.weights.square().sum().add(g.start.sum());
        };
        Function<Network, Tensor> unrolledSlope = n -> {
            Network g = grad(LoopsTest::unrolled).apply(n);
            return g.weights.square().sum().add(g.start.sum());
        };
        assertClose(grad(slope).apply(NETWORK), grad(unrolledSlope).apply(NETWORK));
    }

    @ParameterizedTest
    @EnumSource
    void aBatchOfScansEqualsALoop(Memory memory) {
        Network batch = new Network(numbers(7, 2, 3), numbers(8, 2, 4, 3), numbers(9, 2, 3, 3));
        Function<Network, Network> gradient = grad(scanned(memory));
        Network together = vmap(gradient).apply(batch);
        for (int i = 0; i < 2; i++) {
            Network one = new Network(batch.start.take(0, i), batch.inputs.take(0, i), batch.weights.take(0, i));
            Network alone = gradient.apply(one);
            assertClose(
                    new Network(together.start.take(0, i), together.inputs.take(0, i), together.weights.take(0, i)),
                    alone);
        }
    }

    @Test
    void aCompiledScanGivesTheSameNumbers() {
        Function<Network, Network> gradient = grad(scanned(Memory.KEEP));
        assertClose(Compiled.of(gradient).apply(NETWORK), gradient.apply(NETWORK));
    }

    /// What a body hands on unchanged must not be overwritten two steps later: a register that shifts.
    @Test
    void carriesMayBeHandedOn() {
        Tensor start = numbers(5, 3, 3);
        Tensor steps = numbers(1, 7);
        Function<Tensor, Tensor> shifting = x -> Loops.scan(List.of(x, x.mul(0.5), x.mul(0.25)), steps, (c, _) -> {
                    Tensor next = c.get(0).matmul(c.get(2)).tanh();
                    return new Next<>(List.of(next, c.get(0), c.get(1)), next);
                })
                .carry()
                .get(2);
        List<Tensor> c = List.of(start, start.mul(0.5), start.mul(0.25));
        for (int t = 0; t < 7; t++) {
            c = List.of(c.get(0).matmul(c.get(2)).tanh(), c.get(0), c.get(1));
        }
        assertClose(Compiled.of(shifting).apply(start), c.get(2));
    }

    @Test
    void productsLeaveTheLoop() {
        Tensor w = numbers(2, 8, 16);
        Tensor u = numbers(3, 16, 16);
        Tensor xs = numbers(4, 5, 4, 8);
        Function<List<Tensor>, Tensor> recurrent =
                weights -> Loops.scan(xs.take(0, 0).matmul(w).mul(0), xs, (h, x) -> {
                            Tensor next = x.matmul(weights.get(0))
                                    .add(h.matmul(weights.get(1)))
                                    .tanh();
                            return new Next<>(next, next);
                        })
                        .output()
                        .square()
                        .sum();
        Function<List<Tensor>, List<Tensor>> gradient = grad(recurrent);
        Compiled<List<Tensor>, List<Tensor>> compiled = Compiled.of(gradient);
        List<Tensor> found = compiled.apply(List.of(w, u));
        List<Tensor> wanted = gradient.apply(List.of(w, u));
        assertClose(found.get(0), wanted.get(0));
        assertClose(found.get(1), wanted.get(1));
        List<Integer> products = compiled.executable(List.of(w, u)).plan().steps().stream()
                .flatMap(step -> step.cluster().graph().calls().stream())
                .filter(call -> call.op() instanceof Scan)
                .map(call -> (Scan) call.op())
                .distinct()
                .map(scan -> (int) ((Graph) scan.body())
                        .calls().stream()
                                .filter(call -> call.op() instanceof MatMul)
                                .count())
                .toList();
        assertThat(products).as("matrix products in the loops").containsExactly(1, 1);
    }

    /// A carried sum of products that the step also looks at has to stay in the loop.
    @Test
    void sumsThatAreLookedAtStayInTheLoop() {
        Tensor xs = numbers(4, 5, 4, 2);
        Function<Tensor, Next<Tensor, Tensor>> looked = w -> Loops.scan(numbers(1, 4, 16), xs, (c, x) -> {
            Tensor sum = c.add(x.tanh().matmul(w));
            return new Next<>(sum, sum.square());
        });
        Tensor w = numbers(2, 2, 16);
        Next<Tensor, Tensor> found = Compiled.of(looked).apply(w);
        Next<Tensor, Tensor> wanted = looked.apply(w);
        assertClose(found.carry(), wanted.carry());
        assertClose(found.output(), wanted.output());
    }

    @Test
    void scansOneAfterTheOtherAreEachComputedOnce() {
        Function<Tensor, Tensor> twice = xs -> {
            Tensor first = Loops.scan(xs.take(0, 0).mul(0), xs, (c, x) -> new Next<>(c.add(x.sin()), c))
                    .output();
            return Loops.scan(xs.take(0, 0).mul(0), first, (c, x) -> new Next<>(c.add(x.square()), c))
                    .carry();
        };
        Trace<Tensor> trace = Trace.of(numbers(1, 6), twice);
        String text = Compiled.of(grad(twice))
                .executable(numbers(1, 6))
                .plan()
                .steps()
                .toString();
        // The second one is not run forwards at all: its slope follows from what it scans.
        assertThat(text.split("cluster=scan", -1)).as(text).hasSize(1 + 3);
        String printed = trace.graph().toString();
        assertThat(GraphText.parse(printed)).hasToString(printed);
        Graph backward = new Vjp().apply(trace.graph());
        assertThat(GraphText.parse(backward.toString())).hasToString(backward.toString());
    }

    @Test
    void aBranchIsDifferentiatedWhereItGoes() {
        Function<Tensor, Tensor> f = x -> Loops.cond(x.gt(0), x, y -> y.mul(y).mul(x), y -> y.sin());
        assertThat(Array.of(grad(f).apply(Array.scalar(2.0))).item()).isCloseTo(12, within(1e-12));
        assertThat(Array.of(grad(f).apply(Array.scalar(-2.0))).item()).isCloseTo(Math.cos(-2), within(1e-12));
        assertThat(Array.of(grad(grad(f)).apply(Array.scalar(2.0))).item()).isCloseTo(12, within(1e-12));
        Tensor x = Array.of(2.0, -2.0);
        assertClose(vmap(grad(f)).apply(x), Array.of(12.0, Math.cos(-2)));
        assertClose(jvp(f, Array.scalar(2.0), Array.scalar(1.0)).tangent(), Array.scalar(12.0));
    }

    @Test
    void aWhileLoopCarriesTangents() {
        // Newton's iteration for √a: its derivative is 1/(2√a)
        Function<Tensor, Tensor> root = a -> Loops.whileLoop(
                a, x -> x.square().sub(a).abs().gt(1e-14), x -> x.add(a.div(x)).mul(0.5));
        assertThat(Array.of(root.apply(Array.scalar(9.0))).item()).isCloseTo(3, within(1e-12));
        Tensor slope = jvp(root, Array.scalar(9.0), Array.scalar(1.0)).tangent();
        assertThat(Array.of(slope).item()).isCloseTo(1.0 / 6, within(1e-9));
        assertClose(vmap(root).apply(Array.of(9.0, 16.0, 25.0)), Array.of(3.0, 4.0, 5.0));
        assertThatThrownBy(() -> grad(root).apply(Array.scalar(9.0)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("while has no reverse mode, because the number of its steps is unknown when memory is"
                        + " planned; use Loops.whileLoop with a bound, or forward mode");
    }

    private static Tensor halved(Tensor a, long most) {
        return Loops.whileLoop(most, a, x -> x.gt(1), x -> x.mul(x).mul(0.1)).carry();
    }

    /// x ← x²/10 from 6: 3.6, 1.296, 0.167…; from 3: 0.9; from 0.5 it stays. The result is a⁸/10⁷, a²/10, a.
    @Test
    void aWhileLoopWithABoundIsDifferentiableInBothModes() {
        Function<Tensor, Tensor> f = a -> halved(a, 10);
        assertClose(f.apply(Array.scalar(6.0)), Array.scalar(Math.pow(6, 8) / 1e7));
        assertClose(grad(f).apply(Array.scalar(6.0)), Array.scalar(8 * Math.pow(6, 7) / 1e7));
        assertClose(grad(f).apply(Array.scalar(3.0)), Array.scalar(0.6));
        assertClose(grad(f).apply(Array.scalar(0.5)), Array.scalar(1.0));
        assertClose(grad(grad(f)).apply(Array.scalar(6.0)), Array.scalar(56 * Math.pow(6, 6) / 1e7));
        assertClose(jvp(f, Array.scalar(6.0), Array.scalar(1.0)).tangent(), Array.scalar(8 * Math.pow(6, 7) / 1e7));
        assertClose(vmap(grad(f)).apply(Array.of(6.0, 3.0, 0.5)), Array.of(8 * Math.pow(6, 7) / 1e7, 0.6, 1.0));
        assertClose(Compiled.of(grad(f)).apply(Array.scalar(6.0)), Array.scalar(8 * Math.pow(6, 7) / 1e7));
    }

    @Test
    void aBoundThatIsTooLowShows() {
        Tensor six = Array.scalar(6.0);
        var enough = Loops.whileLoop(3, six, x -> x.gt(1), x -> x.mul(x).mul(0.1));
        assertThat(enough.finished()).isEqualTo(Array.of(Array.of(true).reshape()));
        var tooFew = Loops.whileLoop(2, six, x -> x.gt(1), x -> x.mul(x).mul(0.1));
        assertThat(tooFew.finished()).isEqualTo(Array.of(Array.of(false).reshape()));
        assertClose(tooFew.carry(), Array.scalar(1.296));
        assertClose(halved(six, 0), six);
        assertThatThrownBy(() -> halved(six, -1))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("while: a loop has at least 0 steps, not -1");
    }

    @Test
    void bodiesThatDoNotFitAreNamed() {
        Tensor xs = numbers(1, 4);
        assertThatThrownBy(() -> Loops.scan(xs, xs, (c, x) -> new Next<>(c.sum(), x)))
                .hasMessage("scan: the body must return the carried values with the types it takes: [f64[4]], not"
                        + " [f64[]]");
        assertThatThrownBy(() -> Loops.scan(xs, List.of(xs, numbers(1, 3)), (c, x) -> new Next<>(c, c)))
                .hasMessage("scan: the inputs need one common first extent, not [f64[4], f64[3]]");
        assertThatThrownBy(() -> Loops.cond(xs.sum().gt(0), xs, x -> x, x -> x.sum()))
                .hasMessageStartingWith("cond: both branches must take and return the same types, not [f64[4]]");
        assertThatThrownBy(() -> Loops.whileLoop(xs, x -> x.gt(0), x -> x))
                .hasMessage("while: the condition must take [f64[4]] and return bool[], not [bool[4]]");
    }
}
