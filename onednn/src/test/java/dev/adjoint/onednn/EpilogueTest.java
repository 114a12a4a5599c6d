package dev.adjoint.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.ChannelsLast;
import dev.adjoint.transform.Loops;
import dev.adjoint.transform.Loops.Next;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Products and convolutions with a bias, and with the ramp of that.
class EpilogueTest {
    private static final long SEED = 20261121;
    private static final Workers ONE = Workers.of(1);
    private static final Permutation SWAP = Permutation.of(1, 0);

    record Dense(Tensor x, Tensor w, Tensor b) {}

    private static Array random(long place, long... dims) {
        TensorType type = TensorType.of(DType.F32, dims);
        Elements elements = Elements.allocate(DType.F32, type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, 2 * Key.of(SEED).fold(place).uniform(i) - 1);
        }
        return Array.of(type, elements);
    }

    private static Graph graph(Dense of, Function<Dense, ?> f) {
        return Trace.of(of, f).graph();
    }

    private static List<String> steps(Graph graph) {
        return Executable.compile(graph).plan().steps().stream()
                .map(step -> step.cluster().toString())
                .toList();
    }

    /// One step of that name, whose result is within (depth + 2) roundings of the largest sum of sizes from that of the
    /// reference, whose sums are in double, and has the same bits on any number of threads.
    private static void isOneStep(String name, Dense of, Function<Dense, ?> f, long depth) {
        Graph graph = graph(of, f);
        assertThat(steps(graph)).containsExactly(name);
        List<Tensor> arguments = List.of(of.x, of.w, of.b);
        Array found =
                Executable.compile(graph, Kernels.installed(ONE)).run(arguments).getFirst();
        Array expected =
                Executable.compile(graph, Kernels.reference()).run(arguments).getFirst();
        assertThat(found.type()).isEqualTo(expected.type());
        double bound = (depth + 2) * 0x1p-24 * (depth + 1);
        for (int i = 0; i < expected.elements().count(); i++) {
            double error =
                    Math.abs(found.elements().get(i) - expected.elements().get(i));
            assertThat(error).as("%s, element %d, seed %d", graph, i, SEED).isLessThan(bound);
        }
        assertThat(Executable.compile(graph, Kernels.installed(Workers.all()))
                        .run(arguments)
                        .getFirst())
                .as("on all threads")
                .isEqualTo(found);
    }

    private static Dense dense(Array x, Array w, long... bias) {
        return new Dense(x, w, random(3, bias));
    }

    private static Tensor biased(Dense at) {
        return at.x.matmul(at.w).add(at.b);
    }

    static Stream<Dense> products() {
        return Stream.of(
                dense(random(1, 16, 16), random(2, 16, 16), 16),
                dense(random(1, 1, 1000), random(2, 1000, 3), 3),
                dense(random(1, 1000, 30), random(2, 30, 1), 1),
                dense(random(1, 300, 70), random(2, 70, 113), 1, 113),
                dense(random(1, 530, 70), random(2, 70, 513), 513),
                dense(random(1, 3, 2, 17, 15), random(2, 2, 15, 19), 19),
                dense(random(1, 5, 30, 64), random(2, 64, 90), 1, 1, 90));
    }

    @ParameterizedTest
    @MethodSource("products")
    void productsAreBiased(Dense of) {
        long depth = of.x.dim(-1);
        isOneStep("matmul·add", of, EpilogueTest::biased, depth);
        isOneStep("matmul·add", of, at -> at.b.add(at.x.matmul(at.w)), depth);
        isOneStep("matmul·add·relu", of, at -> biased(at).relu(), depth);
    }

    @Test
    void factorsMayBePermuted() {
        Dense both = dense(random(1, 70, 30), random(2, 40, 70), 40);
        isOneStep(
                "permute·permute·matmul·add·relu",
                both,
                at -> at.x.permute(SWAP).matmul(at.w.permute(SWAP)).add(at.b).relu(),
                70);
    }

    /// Between product and bias, as a layer does it that takes any number of leading axes.
    @Test
    void rowsMayBeReshaped() {
        Dense of = dense(random(1, 60, 64), random(2, 64, 90), 90);
        Function<Dense, Tensor> reshaped =
                at -> at.x.matmul(at.w).reshape(4, 15, 90).add(at.b).relu();
        isOneStep("matmul·add·relu", of, reshaped, 64);
        Function<Dense, Tensor> split =
                at -> at.x.matmul(at.w).reshape(60, 2, 45).add(at.b.reshape(2, 45));
        assertThat(steps(graph(of, split))).containsExactly("matmul", "add");
        Function<Dense, Tensor> number = at -> at.x.sum().reshape(1).add(at.b);
        assertThat(steps(graph(of, number))).containsExactly("sum", "add");
    }

    @Test
    void whatIsReadElsewhereIsWritten() {
        Dense of = dense(random(1, 40, 30), random(2, 30, 20), 20);
        assertThat(steps(graph(of, at -> {
                    Tensor product = at.x.matmul(at.w);
                    return List.of(product, product.add(at.b).relu());
                })))
                .containsExactly("matmul", "add·relu");
        assertThat(steps(graph(of, at -> {
                    Tensor sum = biased(at);
                    return List.of(sum.relu(), sum.neg());
                })))
                .containsExactly("matmul·add", "relu", "neg");
        assertThat(steps(graph(of, at -> biased(at).relu().mul(0.5)))).containsExactly("matmul·add·relu", "mul");
    }

    @Test
    void otherSumsAreNotBiases() {
        Dense of = dense(random(1, 40, 30), random(2, 30, 40), 40, 40);
        assertThat(steps(graph(of, EpilogueTest::biased))).containsExactly("matmul", "add");
        Dense column = dense(random(1, 40, 30), random(2, 30, 40), 40, 1);
        assertThat(steps(graph(column, EpilogueTest::biased))).containsExactly("matmul", "add");
        Dense rows = dense(random(1, 1, 300), random(2, 300, 40), 5, 40);
        assertThat(steps(graph(rows, EpilogueTest::biased))).containsExactly("matmul", "add");
    }

    /// A product that the library declines, for being small or empty, leaves its bias to the elementwise kernel.
    @Test
    void declinedProductsLeaveTheirBias() {
        Dense small = dense(random(1, 4, 4), random(2, 4, 4), 4);
        assertThat(steps(graph(small, at -> biased(at).relu()))).containsExactly("matmul", "add·relu");
        Dense empty = dense(random(1, 40, 0), random(2, 0, 40), 40);
        Graph graph = graph(empty, EpilogueTest::biased);
        Array sums = Executable.compile(graph)
                .run(List.of(empty.x, empty.w, empty.b))
                .getFirst();
        assertThat(sums.elements().get(41))
                .isEqualTo(((Array) empty.b).elements().get(1));
    }

    /// A ramp of many short pieces takes longer than one of all, unless this has to be fetched again.
    @Test
    void rampsOfNarrowBlocksAreTakenAfterwards() {
        Dense of = dense(random(1, 64, 400), random(2, 400, 500), 500);
        assertThat(steps(graph(of, at -> biased(at).relu()))).containsExactly("matmul", "add·relu");
        isOneStep("matmul·add", of, EpilogueTest::biased, 400);
    }

    /// In every run of a loop the same right factor, which is packed once.
    @Test
    void productsInLoopsAreBiased() {
        Dense of = dense(random(1, 32, 64), random(2, 64, 64), 64);
        Tensor factors = random(4, 5);
        Graph graph = graph(
                of,
                at -> Loops.scan(at.x, factors, (state, factor) -> {
                            Tensor next = state.matmul(at.w)
                                    .add(at.b)
                                    .relu()
                                    .mul(factor)
                                    .mul(0.1);
                            return new Next<>(next, next.sum());
                        })
                        .carry());
        List<Tensor> arguments = List.of(of.x, of.w, of.b);
        Array found = Executable.compile(graph).run(arguments).getFirst();
        Array expected =
                Executable.compile(graph, Kernels.reference()).run(arguments).getFirst();
        for (int i = 0; i < expected.elements().count(); i++) {
            assertThat(found.elements().get(i)).isCloseTo(expected.elements().get(i), within(1e-5));
        }
    }

    /// NaN stays, −∞ becomes 0, and so does −0.
    @Test
    void rampsOfWhatIsNotFinite() {
        float[] bias = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f, 1, -1};
        Dense of = new Dense(
                Array.of(TensorType.of(DType.F32, 400, 10), Elements.wrap(new float[4000])),
                Array.of(TensorType.of(DType.F32, 10, 6), Elements.wrap(new float[60])),
                Array.of(TensorType.of(DType.F32, 6), Elements.wrap(bias)));
        Graph graph = graph(of, at -> biased(at).relu());
        assertThat(steps(graph)).containsExactly("matmul·add·relu");
        float[] found = Executable.compile(graph)
                .run(List.of(of.x, of.w, of.b))
                .getFirst()
                .elements()
                .floats();
        float[] expected = {Float.NaN, 0, Float.POSITIVE_INFINITY, 0, 1, 0};
        for (int i = 0; i < found.length; i++) {
            assertThat(Float.valueOf(found[i])).as("element %d", i).isEqualTo(Float.valueOf(expected[i % 6]));
        }
    }

    static Stream<Dense> images() {
        return Stream.of(
                dense(random(1, 3, 2, 6, 7), random(2, 4, 2, 3, 2), 4, 1, 1),
                dense(random(1, 64, 1, 28, 28), random(2, 12, 1, 5, 5), 1, 12, 1, 1),
                dense(random(1, 9, 6, 14, 14), random(2, 16, 6, 5, 5), 16, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("images")
    void convolutionsAreBiased(Dense of) {
        Convolution padded = new Convolution(Window.dense(2).padding(1), 1);
        long depth = of.w.shape().count() / of.w.dim(0);
        Function<Dense, Tensor> sum = at -> at.x.apply(padded, at.w).add(at.b);
        isOneStep("convolution·add", of, sum, depth);
        isOneStep("convolution·add·relu", of, at -> sum.apply(at).relu(), depth);
        isOneStep("convolution·add", of, at -> at.b.add(at.x.apply(padded, at.w)), depth);
    }

    /// Kernels of convolutions are shared among those that are equal: a bias and a ramp make a difference.
    @Test
    void equalConvolutionsMayDifferInWhatFollows() {
        Convolution padded = new Convolution(Window.dense(2).padding(1), 1);
        Dense of = dense(random(1, 3, 2, 6, 7), random(2, 4, 2, 3, 2), 4, 1, 1);
        Function<Dense, Tensor> product = at -> at.x.apply(padded, at.w);
        Function<Dense, Tensor> sum = at -> product.apply(at).add(at.b);
        Kernels kernels = Kernels.installed(ONE);
        Executable plain = Executable.compile(graph(of, product), kernels);
        for (Function<Dense, Tensor> after :
                List.<Function<Dense, Tensor>>of(sum, at -> sum.apply(at).relu())) {
            Graph graph = graph(of, after);
            Executable followed = Executable.compile(graph, kernels);
            List<Tensor> arguments = List.of(of.x, of.w, of.b);
            Array expected = Executable.compile(graph, Kernels.reference())
                    .run(arguments)
                    .getFirst();
            assertThat(followed.run(arguments).getFirst().toDoubles())
                    .as("after %s", plain.plan())
                    .containsExactly(expected.toDoubles(), within(1e-5));
        }
    }

    @Test
    void channelsMayLieLast() {
        Permutation last = ChannelsLast.toLast(4);
        Permutation first = ChannelsLast.toFirst(4);
        Dense of = dense(random(1, 9, 8, 9, 32), random(2, 32, 32, 1, 1), 32);
        Convolution plain = new Convolution(Window.dense(2), 1);
        Function<Dense, Tensor> sum =
                at -> at.x.permute(first).apply(plain, at.w).permute(last).add(at.b);
        isOneStep(
                "permute·convolution·permute·add·relu", of, at -> sum.apply(at).relu(), 32);
    }

    /// 0·∞ in the padding is NaN, with an epilogue, too.
    @Test
    void infiniteWeightsMeetThePadding() {
        float[] weights = new float[32 * 32 * 9];
        weights[0] = Float.POSITIVE_INFINITY;
        Dense of = new Dense(
                random(1, 2, 32, 4, 4),
                Array.of(TensorType.of(DType.F32, 32, 32, 3, 3), Elements.wrap(weights)),
                random(3, 32, 1, 1));
        Convolution padded = new Convolution(Window.dense(2).padding(1), 1);
        Graph graph = graph(of, at -> at.x.apply(padded, at.w).add(at.b).relu());
        assertThat(steps(graph)).containsExactly("convolution·add·relu");
        Elements y = Executable.compile(graph)
                .run(List.of(of.x, of.w, of.b))
                .getFirst()
                .elements();
        assertThat(y.get(0)).isNaN();
        assertThat(y.get(16)).isEqualTo(Math.max(0, ((Array) of.b).elements().get(1)));
    }

    /// Convolutions by other ways than the library's leave their bias to the elementwise kernel.
    @Test
    void otherConvolutionsLeaveTheirBias() {
        Convolution padded = new Convolution(Window.dense(2).padding(1), 1);
        Dense lanes = dense(random(1, 64, 1, 28, 28), random(2, 6, 1, 5, 5), 1, 6, 1, 1);
        assertThat(steps(graph(lanes, at -> at.x.apply(padded, at.w).add(at.b))))
                .containsExactly("convolution", "add");
        Dense channelwise = dense(random(1, 2, 64, 4, 4), random(2, 128, 64, 3, 3), 128, 1, 1);
        assertThat(steps(graph(channelwise, at -> at.x.apply(padded, at.w).add(at.b))))
                .containsExactly("convolution", "add");
    }
}
