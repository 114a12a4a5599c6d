package dev.adjoint.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.contraction.Window.Axis;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.testkit.LawCase;
import dev.adjoint.testkit.OpLaws;
import dev.adjoint.transform.ChannelsLast;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OnednnKernelsTest {
    private static final long SEED = 20261121;
    private static final Workers ONE = Workers.of(1);

    private record Pair(Tensor x, Tensor y) {}

    static Array random(long place, long... dims) {
        return random(DType.F32, place, dims);
    }

    private static Array random(DType dtype, long place, long... dims) {
        TensorType type = TensorType.of(dtype, dims);
        Elements elements = Elements.allocate(dtype, type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, 2 * Key.of(SEED).fold(place).uniform(i) - 1);
        }
        return Array.of(type, elements);
    }

    /// On the platform that the build has natives for, nothing is skipped.
    @Test
    void theLibraryIsLoaded() {
        assertThat(NativeLibrary.installed().state()).isEqualTo("loaded for " + NativeLibrary.platform());
    }

    @ParameterizedTest
    @MethodSource
    void laws(LawCase law) {
        law.check();
    }

    static Stream<LawCase> laws() {
        return Stream.of(MatMul.class, Convolution.class, ConvolutionInput.class, ConvolutionKernel.class)
                .flatMap(op -> OpLaws.of(op).cases().stream());
    }

    /// Against the reference, whose sums are in double: within (depth + 1) roundings of the largest sum of sizes, and where both
    /// are rounded to 16 bits, within half a unit each.
    static void agrees(BinaryOperator<Tensor> f, Array x, Array y, long depth) {
        Graph graph = Trace.of(new Pair(x, y), pair -> f.apply(pair.x, pair.y)).graph();
        Executable fast = Executable.compile(graph, Kernels.installed(ONE));
        Array found = fast.run(List.of(x, y)).getFirst();
        Array expected = Executable.compile(graph, Kernels.reference())
                .run(List.of(x, y))
                .getFirst();
        assertThat(found.type()).isEqualTo(expected.type());
        double sums = (depth + 1) * 0x1p-24 * depth;
        double rounding = expected.dtype() == DType.F32
                ? 0
                : Math.scalb(1.0, 1 - expected.dtype().precision());
        for (int i = 0; i < expected.elements().count(); i++) {
            double bound = sums + rounding * Math.abs(expected.elements().get(i));
            double error =
                    Math.abs(found.elements().get(i) - expected.elements().get(i));
            assertThat(error).as("%s, element %d, seed %d", graph, i, SEED).isLessThan(bound);
        }
        Array all = Executable.compile(graph, Kernels.installed(Workers.all()))
                .run(List.of(x, y))
                .getFirst();
        assertThat(all).as("on all threads").isEqualTo(found);
    }

    private static void isOurs(Op op, TensorType x, TensorType y) {
        assertThat(new OnednnKernels().kernel(Cluster.of(op, List.of(x, y)), ONE))
                .isPresent();
    }

    @Test
    void products() {
        agrees(Tensor::matmul, random(1, 1, 1), random(2, 1, 1), 1);
        agrees(Tensor::matmul, random(1, 300, 70), random(2, 70, 513), 70);
        agrees(Tensor::matmul, random(1, 1, 1000), random(2, 1000, 3), 1000);
        agrees(Tensor::matmul, random(1, 3, 2, 7, 5), random(2, 2, 5, 9), 5);
        agrees(Tensor::matmul, random(1, 2, 1, 7, 5), random(2, 1, 3, 5, 9), 5);
        agrees(Tensor::matmul, random(1, 3, 2, 17, 15), random(2, 2, 15, 19), 15);
        agrees(Tensor::matmul, random(1, 2, 1, 17, 15), random(2, 1, 3, 15, 19), 15);
        agrees(Tensor::matmul, random(1, 40, 30), random(2, 30, 20), 30);
        isOurs(new MatMul(), TensorType.of(DType.F32, 300, 70), TensorType.of(DType.F32, 70, 513));
    }

    /// A call of the library takes longer than such a product.
    @Test
    void theSmallestProductsAreLeftToTheJvm() {
        TensorType few = TensorType.of(DType.F32, 8, 8);
        TensorType more = TensorType.of(DType.F32, 16, 16);
        assertThat(new OnednnKernels().kernel(Cluster.of(new MatMul(), List.of(few, few)), ONE))
                .isEmpty();
        isOurs(new MatMul(), more, more);
    }

    /// Products by one right factor are one product of all rows, where these lie one below the other.
    @Test
    void batchesThatShareTheirRightFactor() {
        agrees(Tensor::matmul, random(1, 5, 7, 30, 64), random(2, 64, 90), 64);
        agrees((x, y) -> x.permute(Permutation.of(1, 0, 2)).matmul(y), random(1, 30, 6, 64), random(2, 64, 90), 64);
        agrees((x, y) -> x.permute(Permutation.of(0, 2, 1)).matmul(y), random(1, 6, 64, 30), random(2, 64, 90), 64);
        agrees((x, y) -> x.matmul(y.permute(Permutation.of(1, 0))), random(1, 6, 30, 64), random(2, 90, 64), 64);
    }

    @ParameterizedTest
    @EnumSource(names = {"BF16", "F16"})
    void productsOf16Bits(DType dtype) {
        agrees(Tensor::matmul, random(dtype, 1, 1, 1), random(dtype, 2, 1, 1), 1);
        agrees(Tensor::matmul, random(dtype, 1, 300, 70), random(dtype, 2, 70, 513), 70);
        agrees(Tensor::matmul, random(dtype, 1, 1, 1000), random(dtype, 2, 1000, 3), 1000);
        agrees(Tensor::matmul, random(dtype, 1, 3, 2, 7, 5), random(dtype, 2, 2, 5, 9), 5);
        Permutation swap = Permutation.of(1, 0);
        agrees((x, y) -> x.matmul(y.permute(swap)), random(dtype, 1, 70, 31), random(dtype, 2, 40, 31), 31);
        agrees((x, y) -> x.permute(swap).matmul(y), random(dtype, 1, 31, 70), random(dtype, 2, 31, 40), 31);
    }

    /// A sum that bfloat16 could not hold on the way: 1000 times 1 + 2⁻⁷ is rounded once, at the end.
    @Test
    void sumsOfBfloat16AreOfFloat32() {
        Array x = Array.of(TensorType.of(DType.BF16, 1, 1000), ones(1 + 0x1p-7));
        Array y = Array.of(TensorType.of(DType.BF16, 1000, 1), ones(1));
        Graph graph = Trace.of(new Pair(x, y), pair -> pair.x.matmul(pair.y)).graph();
        assertThat(Executable.compile(graph)
                        .run(List.of(x, y))
                        .getFirst()
                        .elements()
                        .get(0))
                .isEqualTo(1008);
    }

    private static Elements ones(double value) {
        Elements elements = Elements.allocate(DType.BF16, 1000);
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, value);
        }
        return elements;
    }

    @Test
    void transposedOperandsAreReadWhereTheyAre() {
        Permutation swap = Permutation.of(1, 0);
        BinaryOperator<Tensor> both = (x, y) -> x.permute(swap).matmul(y.permute(swap));
        agrees(both, random(1, 70, 30), random(2, 40, 70), 70);
        agrees((x, y) -> x.permute(swap).matmul(y), random(1, 70, 1), random(2, 70, 40), 70);
        Permutation heads = Permutation.of(0, 2, 1, 3);
        agrees((x, y) -> x.permute(heads).matmul(y), random(1, 2, 10, 3, 8), random(2, 2, 3, 8, 5), 8);
        Permutation scores = Permutation.of(0, 2, 3, 1);
        agrees((x, y) -> y.permute(heads).matmul(x.permute(scores)), random(1, 2, 10, 3, 8), random(2, 2, 7, 3, 8), 8);
        Graph graph = Trace.of(new Pair(random(1, 70, 30), random(2, 40, 70)), p -> both.apply(p.x, p.y))
                .graph();
        assertThat(Executable.compile(graph).plan().steps())
                .singleElement()
                .satisfies(step -> assertThat(step.cluster()).hasToString("permute·permute·matmul"));
    }

    record Geometry(Window window, long groups, Shape x, Shape w) {
        Value output() {
            return Value.call(
                            new Convolution(window, groups),
                            List.of(
                                    Value.input("x", new TensorType(DType.F32, x)),
                                    Value.input("w", new TensorType(DType.F32, w))))
                    .getFirst();
        }
    }

    static Stream<Geometry> geometries() {
        Window plain = Window.dense(2);
        return Stream.of(
                new Geometry(plain, 1, Shape.of(3, 2, 6, 7), Shape.of(4, 2, 3, 2)),
                new Geometry(plain.padding(1), 1, Shape.of(5, 3, 4, 4), Shape.of(6, 3, 3, 3)),
                new Geometry(plain.padding(2), 1, Shape.of(2, 1, 28, 28), Shape.of(6, 1, 5, 5)),
                new Geometry(plain.padding(1).stride(2), 1, Shape.of(9, 4, 9, 8), Shape.of(5, 4, 3, 3)),
                new Geometry(plain, 1, Shape.of(3, 8, 5, 5), Shape.of(7, 8, 1, 1)),
                new Geometry(plain.stride(2), 1, Shape.of(3, 8, 5, 5), Shape.of(7, 8, 1, 1)),
                new Geometry(plain.dilation(2).padding(3), 3, Shape.of(4, 6, 9, 9), Shape.of(9, 2, 3, 3)),
                new Geometry(plain.padding(1), 8, Shape.of(2, 8, 20, 20), Shape.of(8, 1, 3, 3)),
                new Geometry(plain.padding(1), 1, Shape.of(32, 64, 4, 4), Shape.of(128, 64, 3, 3)),
                new Geometry(plain.padding(1).stride(2), 1, Shape.of(4, 128, 5, 4), Shape.of(192, 128, 3, 3)),
                new Geometry(Window.dense(1).padding(4), 2, Shape.of(40, 4, 50), Shape.of(6, 2, 9)),
                new Geometry(
                        new Window(List.of(new Axis(1, 0, 1, 1), new Axis(2, 1, 0, 1), new Axis(1, 1, 1, 2))),
                        1,
                        Shape.of(3, 2, 4, 5, 6),
                        Shape.of(3, 2, 2, 3, 2)));
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void convolutions(Geometry at) {
        Value output = at.output();
        Array x = random(1, at.x.dims());
        Array w = random(2, at.w.dims());
        Array ct = random(3, output.shape().dims());
        long depth = at.w.count() / at.w.dim(0);
        Shape spatial = at.x.part(2, at.x.rank());
        Shape taps = at.w.part(2, at.w.rank());
        agrees((a, b) -> a.apply(new Convolution(at.window, at.groups), b), x, w, depth);
        long fanOut = at.w.count() / at.w.dim(1);
        agrees((a, b) -> a.apply(new ConvolutionInput(at.window, at.groups, spatial), b), ct, w, fanOut);
        long summed = at.x.dim(0) * output.shape().part(2, output.rank()).count();
        agrees((a, b) -> a.apply(new ConvolutionKernel(at.window, at.groups, taps), b), x, ct, summed);
        isOurs(new Convolution(at.window, at.groups), x.type(), w.type());
    }

    static Stream<Geometry> geometriesWithManyChannels() {
        Window plain = Window.dense(2);
        return Stream.of(
                new Geometry(plain.padding(1), 1, Shape.of(9, 32, 8, 9), Shape.of(32, 32, 3, 3)),
                new Geometry(plain.padding(1), 1, Shape.of(5, 3, 12, 12), Shape.of(64, 3, 3, 3)),
                new Geometry(plain.padding(1).stride(2), 1, Shape.of(3, 48, 9, 16), Shape.of(40, 48, 3, 3)),
                new Geometry(plain, 1, Shape.of(2, 256, 8, 8), Shape.of(256, 256, 1, 1)),
                new Geometry(plain.padding(1), 1, Shape.of(6, 128, 4, 4), Shape.of(192, 128, 3, 3)),
                new Geometry(Window.dense(1).padding(4), 1, Shape.of(7, 33, 70), Shape.of(34, 33, 9)));
    }

    /// A convolution and both of its transposes on images whose channels lie last, as the operators would have it.
    @ParameterizedTest
    @MethodSource("geometriesWithManyChannels")
    void channelsLast(Geometry at) {
        int rank = at.x.rank();
        Permutation last = ChannelsLast.toLast(rank);
        Permutation first = ChannelsLast.toFirst(rank);
        Value output = at.output();
        Array x = random(1, last.apply(at.x).dims());
        Array w = random(2, at.w.dims());
        Array ct = random(3, last.apply(output.shape()).dims());
        Shape spatial = at.x.part(2, rank);
        Shape taps = at.w.part(2, rank);
        Convolution forward = new Convolution(at.window, 1);
        agrees((a, b) -> a.permute(first).apply(forward, b).permute(last), x, w, at.w.count() / at.w.dim(0));
        ConvolutionInput input = new ConvolutionInput(at.window, 1, spatial);
        agrees((a, b) -> a.permute(first).apply(input, b).permute(last), ct, w, at.w.count() / at.w.dim(1));
        ConvolutionKernel kernel = new ConvolutionKernel(at.window, 1, taps);
        long summed = at.x.dim(0) * output.shape().part(2, rank).count();
        agrees((a, b) -> a.permute(first).apply(kernel, b.permute(first)), x, ct, summed);
        Graph graph = Trace.of(
                        new Pair(x, w),
                        p -> p.x.permute(first).apply(forward, p.y).permute(last))
                .graph();
        assertThat(Executable.compile(graph).plan().steps())
                .singleElement()
                .satisfies(step -> assertThat(step.cluster()).hasToString("permute·convolution·permute"));
    }

    /// 0·∞ in the padding is NaN, wherever the channels lie.
    @Test
    void infiniteWeightsMeetThePadding() {
        Permutation last = ChannelsLast.toLast(4);
        Array x = random(1, 2, 32, 4, 4);
        float[] weights = new float[32 * 32 * 9];
        weights[0] = Float.POSITIVE_INFINITY;
        Array w = Array.of(TensorType.of(DType.F32, 32, 32, 3, 3), Elements.wrap(weights));
        Convolution convolution = new Convolution(Window.dense(2).padding(1), 1);
        Graph graph = Trace.of(new Pair(x, w), p -> p.x.apply(convolution, p.y).permute(last))
                .graph();
        Array y = Executable.compile(graph).run(List.of(x, w)).getFirst();
        assertThat(y.elements().get(0)).isNaN();
        assertThat(y.elements().get(1)).isFinite();
    }

    /// 0·∞ in the padding is NaN in the gradient by the weights, too: an infinite cotangent in a corner.
    @Test
    void infiniteCotangentsMeetThePadding() {
        Array x = random(1, 2, 8, 6, 6);
        float[] cotangents = new float[2 * 8 * 6 * 6];
        cotangents[0] = Float.POSITIVE_INFINITY;
        Array ct = Array.of(TensorType.of(DType.F32, 2, 8, 6, 6), Elements.wrap(cotangents));
        ConvolutionKernel kernel = new ConvolutionKernel(Window.dense(2).padding(1), 1, Shape.of(3, 3));
        Graph graph = Trace.of(new Pair(x, ct), p -> p.x.apply(kernel, p.y)).graph();
        Elements found =
                Executable.compile(graph).run(List.of(x, ct)).getFirst().elements();
        assertThat(found.get(0)).as("the tap that meets padding alone").isNaN();
        assertThat(found.get(4)).as("the tap that meets a number").isInfinite();
        assertThat(found.get(8 * 9 + 4)).as("another channel").isZero();
    }

    /// A strided gradient by images meets only the taps that reach a position, whatever the others are.
    @Test
    void whatIsNotFiniteInStridedGradients() {
        Array ct = random(1, 16, 6, 3, 4);
        Array w = random(2, 6, 4, 3, 3);
        ConvolutionInput input = new ConvolutionInput(Window.dense(2).stride(2), 1, Shape.of(8, 9));
        Graph graph = Trace.of(new Pair(ct, w), p -> p.x.apply(input, p.y)).graph();
        for (float number : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            agreeInKind(graph, with(ct, number), w);
            agreeInKind(graph, ct, with(w, number));
        }
    }

    private static Array with(Array array, float number) {
        float[] floats = array.elements().floats().clone();
        floats[floats.length / 2] = number;
        return Array.of(array.type(), Elements.wrap(floats));
    }

    private static void agreeInKind(Graph graph, Array x, Array y) {
        List<Tensor> arguments = List.of(x, y);
        Elements found = Executable.compile(graph).run(arguments).getFirst().elements();
        Elements expected = Executable.compile(graph, Kernels.reference())
                .run(arguments)
                .getFirst()
                .elements();
        for (int i = 0; i < expected.count(); i++) {
            boolean isFinite = Double.isFinite(expected.get(i));
            assertThat(isFinite ? Double.isFinite(found.get(i)) : Double.compare(found.get(i), expected.get(i)) == 0)
                    .as("element %d: %s, by the reference %s", i, found.get(i), expected.get(i))
                    .isTrue();
        }
    }
}
