package dev.adjoint.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.jvm.JvmKernels;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.contraction.Window.Axis;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.ChannelsLast;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Convolutions by minimal filtering against sums over windows in float64. What they may differ by is that of [WinogradConvolution]: roundings of
/// the sizes of what is summed, `|Aᵀ|((|G||w||Gᵀ|) ⊙ (|Bᵀ||x||B|))|A|`, one for each addition on the way.
class WinogradTest {
    private static final long SEED = 20261122;
    private static final Workers ONE = Workers.of(1);
    private static final Permutation LAST = ChannelsLast.toLast(4);
    private static final Permutation FIRST = ChannelsLast.toFirst(4);

    /// Roundings on the way besides those of the products, for two results and for four. Along an axis these are one and four for
    /// the data, two and five for the taps, whose factors are rounded, too, and two and four for the result.
    private static final Map<Integer, Integer> ROUNDINGS = Map.of(2, 10, 4, 26);

    /// Without the library.
    private static final Kernels PLAIN = new Kernels(
            List.of(new JvmKernels(), Kernels.reference().providers().getFirst()), ONE);

    private static final double ROUNDING = 0x1p-24;

    private record Pair(Tensor x, Tensor y) {}

    /// Images and weights, `[images,height,width,in]` and `[out,in,3,3]`, and how many results a filtering of gradients is to have.
    record Geometry(int results, Window window, Shape x, long out) {
        Shape w() {
            return Shape.of(out, x.dim(3), 3, 3);
        }

        /// The same where a filtering has two results.
        Geometry ofTwo() {
            return new Geometry(2, window, x, out);
        }

        /// Of a sum of so many products of a tile.
        long roundings(long products) {
            return products + ROUNDINGS.get(results);
        }

        Shape y() {
            Shape positions = window.positions(x.part(1, 3), Shape.of(3, 3));
            return Shape.of(x.dim(0), positions.dim(0), positions.dim(1), out);
        }
    }

    /// Few tiles and many, tiles that hang over, padding of all kinds.
    static Stream<Geometry> geometries() {
        Window plain = Window.dense(2);
        Window same = plain.padding(1);
        Window uneven = new Window(List.of(new Axis(1, 0, 2, 1), new Axis(1, 2, 1, 1)));
        return Stream.of(
                new Geometry(2, same, Shape.of(32, 4, 4, 64), 64),
                new Geometry(2, plain.padding(2), Shape.of(4, 11, 14, 72), 64),
                new Geometry(2, uneven, Shape.of(33, 4, 3, 65), 66),
                new Geometry(2, plain, Shape.of(31, 7, 7, 64), 80),
                new Geometry(4, same, Shape.of(10, 15, 14, 64), 72),
                new Geometry(4, uneven, Shape.of(65, 6, 4, 65), 66),
                new Geometry(4, plain.padding(2), Shape.of(130, 3, 2, 64), 64),
                new Geometry(4, same, Shape.of(260, 1, 6, 64), 64));
    }

    private static Array random(long place, Shape shape) {
        TensorType type = TensorType.of(DType.F32, shape.dims());
        Elements elements = Elements.allocate(DType.F32, shape.count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, 2 * Key.of(SEED).fold(place).uniform(i) - 1);
        }
        return Array.of(type, elements);
    }

    private static BinaryOperator<Tensor> forward(Window window) {
        return (x, w) -> x.permute(FIRST).apply(new Convolution(window, 1), w).permute(LAST);
    }

    private static BinaryOperator<Tensor> input(Geometry at) {
        ConvolutionInput op = new ConvolutionInput(at.window, 1, at.x.part(1, 3));
        return (y, w) -> y.permute(FIRST).apply(op, w).permute(LAST);
    }

    private static BinaryOperator<Tensor> weights(Window window) {
        ConvolutionKernel op = new ConvolutionKernel(window, 1, Shape.of(3, 3));
        return (x, y) -> x.permute(FIRST).apply(op, y.permute(FIRST));
    }

    private static Graph graph(BinaryOperator<Tensor> f, Array x, Array y) {
        return Trace.of(new Pair(x, y), pair -> f.apply(pair.x, pair.y)).graph();
    }

    private static Array run(Graph graph, Kernels kernels, Array x, Array y) {
        return Executable.compile(graph, kernels).run(List.of(x, y)).getFirst();
    }

    /// Runs by minimal filtering alone, which the plan has to have chosen.
    private static Array filtered(Graph graph, Class<? extends Kernel> expected, int results, Array x, Array y) {
        assertThat(Executable.compile(graph, Kernels.installed(ONE)).plan().steps())
                .singleElement()
                .satisfies(step -> {
                    assertThat(new OnednnKernels().kernel(step.cluster(), ONE)).containsInstanceOf(expected);
                    assertThat(results(ConvolutionCluster.of(step.cluster()).orElseThrow()))
                            .isEqualTo(results);
                });
        return run(graph, Kernels.installed(ONE), x, y);
    }

    private static int results(ConvolutionCluster of) {
        return WinogradTiles.of(of.direction(), of.images()).rows().step();
    }

    private static double[] truth(BinaryOperator<Tensor> f, Array x, Array y) {
        Array wideX = Array.of(x.to(DType.F64));
        Array wideY = Array.of(y.to(DType.F64));
        return run(graph(f, wideX, wideY), PLAIN, wideX, wideY).toDoubles();
    }

    private static void agree(Array found, double[] truth, double[] sizes, long roundings) {
        float[] numbers = found.elements().floats();
        for (int i = 0; i < sizes.length; i++) {
            double most = roundings * ROUNDING * sizes[i];
            if (!(Math.abs(numbers[i] - truth[i])
                    <= most)) { // an assertion for each number would take most of the time
                assertThat((double) numbers[i]).as("element %d", i).isCloseTo(truth[i], within(most));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void forwardAgrees(Geometry geometry) {
        Geometry at = geometry.ofTwo();
        Array x = random(1, at.x);
        Array w = random(2, at.w());
        Graph graph = graph(forward(at.window), x, w);
        Array found = filtered(graph, WinogradConvolution.class, at.results, x, w);
        Sizes sizes = new Sizes(at);
        agree(found, truth(forward(at.window), x, w), sizes.results(x, w), at.roundings(at.x.dim(3)));
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void inputAgrees(Geometry at) {
        Array y = random(3, at.y());
        Array w = random(2, at.w());
        Graph graph = graph(input(at), y, w);
        Array found = filtered(graph, WinogradConvolution.class, at.results, y, w);
        Geometry turned = new Geometry(
                at.results,
                new Window(at.window.axes().stream()
                        .map(axis -> new Axis(1, 2 - axis.low(), 2 - axis.high(), 1))
                        .toList()),
                at.y(),
                at.x.dim(3));
        agree(found, truth(input(at), y, w), new Sizes(turned).results(y, turned(w)), at.roundings(at.out));
    }

    /// Input and output channels exchanged, the taps from the last to the first.
    private static Array turned(Array w) {
        int out = (int) w.shape().dim(0);
        int in = (int) w.shape().dim(1);
        float[] taps = new float[out * in * 9];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int tap = 0; tap < 9; tap++) {
                    taps[(i * out + o) * 9 + 8 - tap] = w.elements().floats()[(o * in + i) * 9 + tap];
                }
            }
        }
        return Array.of(TensorType.of(DType.F32, in, out, 3, 3), Elements.wrap(taps));
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void weightsAgree(Geometry at) {
        Array x = random(1, at.x);
        Array y = random(3, at.y());
        Graph graph = graph(weights(at.window), x, y);
        Array found = filtered(graph, GuardedResult.class, at.results, x, y);
        Sizes sizes = new Sizes(at);
        agree(found, truth(weights(at.window), x, y), sizes.taps(x, y), at.roundings(sizes.tiles()));
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void threadsShowInNoBit(Geometry at) {
        Array x = random(1, at.x);
        Array w = random(2, at.w());
        Array y = random(3, at.y());
        sameBits(graph(forward(at.window), x, w), x, w);
        sameBits(graph(input(at), y, w), y, w);
        sameBits(graph(weights(at.window), x, y), x, y);
    }

    private static void sameBits(Graph graph, Array x, Array y) {
        Workers all = Workers.of(Runtime.getRuntime().availableProcessors());
        float[] one = run(graph, Kernels.installed(ONE), x, y).elements().floats();
        float[] many = run(graph, Kernels.installed(all), x, y).elements().floats();
        assertThat(many).isEqualTo(one);
    }

    /// An infinity stays one where the definition has one, NaN where it has NaN, and neither spreads through its tile.
    @Test
    void infinities() {
        Geometry at = geometries().toList().getFirst();
        float infinity = Float.POSITIVE_INFINITY;
        Array x = random(1, at.x);
        Array w = random(2, at.w());
        Array y = random(3, at.y());
        Graph forward = graph(forward(at.window), x, w);
        agreeInKind(forward, with(x, 64 * (4 * 5 + 2) + 5, infinity), w);
        agreeInKind(forward, x, with(w, 9 * (64 * 7 + 3) + 2, infinity));
        Graph input = graph(input(at), y, w);
        agreeInKind(input, with(y, 64 * (4 * 6 + 1) + 9, infinity), w);
        Graph weights = graph(weights(at.window), x, y);
        agreeInKind(weights, with(x, 64 * (4 * 5 + 2) + 5, infinity), y);
        agreeInKind(weights, x, with(y, 64 * (4 * 6 + 1) + 9, infinity));
    }

    /// Two large numbers in a row of a tile, whose difference is beyond all floats: it does not show, for no tap is so large.
    @Test
    void sumsThatOverflow() {
        Geometry at = geometries().toList().getFirst();
        Array x = with(with(random(1, at.x), 0, 3e38f), 2 * 64, -3e38f);
        Array w = small(random(2, at.w()));
        Graph graph = graph(forward(at.window), x, w);
        for (float number : run(graph, Kernels.installed(ONE), x, w).elements().floats()) {
            assertThat(number).isFinite();
        }
        agreeInKind(graph, x, w);
    }

    private static Array small(Array array) {
        float[] numbers = array.elements().floats().clone();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= 0.1f;
        }
        return Array.of(array.type(), Elements.wrap(numbers));
    }

    private static Array with(Array array, int index, float number) {
        float[] numbers = array.elements().floats().clone();
        numbers[index] = number;
        return Array.of(array.type(), Elements.wrap(numbers));
    }

    private static void agreeInKind(Graph graph, Array x, Array y) {
        float[] found = run(graph, Kernels.installed(ONE), x, y).elements().floats();
        float[] expected = run(graph, Kernels.reference(), x, y).elements().floats();
        for (int i = 0; i < found.length; i++) {
            boolean isFinite = Float.isFinite(expected[i]);
            assertThat(isFinite ? Float.isFinite(found[i]) : Float.compare(found[i], expected[i]) == 0)
                    .as("element %d: %s for %s", i, found[i], expected[i])
                    .isTrue();
        }
    }

    /// The matrices of a filtering, without signs, from its points and infinity.
    ///
    /// @param data of a tile's places
    /// @param filter of the taps
    /// @param result of the products, transposed
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Matrices(double[][] data, double[][] filter, double[][] result) {
        private static final double[] TWO = {0, 1, -1};
        private static final double[] FOUR = {0, 0.75, -0.75, 1.5, -1.5};

        static Matrices of(int results) {
            double[] points = results == 2 ? TWO : FOUR;
            int tile = points.length + 1;
            double[][] data = new double[tile][];
            double[][] filter = new double[tile][3];
            double[][] result = new double[tile][results];
            for (int i = 0; i < tile; i++) {
                data[i] = sizes(product(points, i));
                for (int k = 0; k < 3; k++) {
                    filter[i][k] = power(points, i, k, 2) / others(points, i);
                }
                for (int k = 0; k < results; k++) {
                    result[i][k] = power(points, i, k, results - 1);
                }
            }
            return new Matrices(data, filter, result);
        }

        /// The size of a power of a point; of infinity, only the highest counts.
        private static double power(double[] points, int i, int k, int highest) {
            if (i == points.length) {
                return k == highest ? 1 : 0;
            }
            return Math.abs(Math.pow(points[i], k));
        }

        /// The coefficients of the product of `z−q` over all points but one.
        private static double[] product(double[] points, int without) {
            double[] coefficients = new double[points.length + 1];
            coefficients[0] = 1;
            for (int i = 0; i < points.length; i++) {
                for (int k = points.length; k >= 0 && i != without; k--) {
                    coefficients[k] = (k == 0 ? 0 : coefficients[k - 1]) - points[i] * coefficients[k];
                }
            }
            return coefficients;
        }

        /// The size of the product of `p−q` over all points q but p; one for infinity.
        private static double others(double[] points, int p) {
            double product = 1;
            for (int i = 0; i < points.length && p < points.length; i++) {
                product *= i == p ? 1 : Math.abs(points[p] - points[i]);
            }
            return product;
        }

        private static double[] sizes(double[] numbers) {
            return DoubleStream.of(numbers).map(Math::abs).toArray();
        }
    }

    /// The sizes of what the filtering sums, in double.
    private static final class Sizes {
        private final Geometry at;
        private final Matrices matrices;
        private final int results;
        private final int side;
        private final int in;
        private final int out;
        private final int high;
        private final int wide;

        Sizes(Geometry at) {
            this.at = at;
            this.results = at.results;
            this.side = results + 2;
            this.matrices = Matrices.of(results);
            this.in = (int) at.x.dim(3);
            this.out = (int) at.out;
            this.high = (int) Math.ceilDiv(at.y().dim(1), results);
            this.wide = (int) Math.ceilDiv(at.y().dim(2), results);
        }

        int tiles() {
            return (int) at.x.dim(0) * high * wide;
        }

        /// `|M||v||Mᵀ|` of `v` of as many rows and columns as M has columns.
        private static double[] transformed(double[][] m, double[] v) {
            int n = m[0].length;
            double[] result = new double[m.length * m.length];
            for (int i = 0; i < m.length; i++) {
                for (int j = 0; j < m.length; j++) {
                    for (int k = 0; k < n * n; k++) {
                        result[i * m.length + j] += m[i][k / n] * m[j][k % n] * v[k];
                    }
                }
            }
            return result;
        }

        /// Places of a tile of images, zero beyond them.
        private static double[] places(Array images, int[] at, int size) {
            Shape shape = images.shape();
            double[] places = new double[size * size];
            for (int i = 0; i < places.length; i++) {
                int row = at[1] + i / size;
                int column = at[2] + i % size;
                if (row >= 0 && row < shape.dim(1) && column >= 0 && column < shape.dim(2)) {
                    long index = ((at[0] * shape.dim(1) + row) * shape.dim(2) + column) * shape.dim(3) + at[3];
                    places[i] = Math.abs(images.elements().get((int) index));
                }
            }
            return places;
        }

        private double[] data(Array x, int tile, int channel) {
            int top = results * (tile / wide % high)
                    - (int) at.window.axes().get(0).low();
            int left = results * (tile % wide) - (int) at.window.axes().get(1).low();
            int[] place = {tile / wide / high, top, left, channel};
            return transformed(matrices.data, places(x, place, side));
        }

        double[] results(Array x, Array w) {
            double[][] filters = new double[out * in][];
            for (int i = 0; i < filters.length; i++) {
                double[] taps = new double[9];
                for (int tap = 0; tap < 9; tap++) {
                    taps[tap] = Math.abs(w.elements().get(9 * i + tap));
                }
                filters[i] = transformed(matrices.filter, taps);
            }
            double[] sizes = new double[Math.toIntExact(at.y().count())];
            for (int tile = 0; tile < tiles(); tile++) {
                double[][] data = new double[in][];
                for (int c = 0; c < in; c++) {
                    data[c] = data(x, tile, c);
                }
                for (int o = 0; o < out; o++) {
                    result(sizes, tile, o, sum(data, filters, o));
                }
            }
            return sizes;
        }

        private double[] sum(double[][] data, double[][] filters, int o) {
            double[] sum = new double[side * side];
            for (int c = 0; c < in; c++) {
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += data[c][k] * filters[o * in + c][k];
                }
            }
            return sum;
        }

        private void result(double[] sizes, int tile, int o, double[] sum) {
            Shape y = at.y();
            double[][] m = matrices.result;
            for (int i = 0; i < results * results; i++) {
                long row = (long) results * (tile / wide % high) + i / results;
                long column = (long) results * (tile % wide) + i % results;
                if (row < y.dim(1) && column < y.dim(2)) {
                    long index = ((tile / wide / high * y.dim(1) + row) * y.dim(2) + column) * out + o;
                    for (int k = 0; k < sum.length; k++) {
                        sizes[(int) index] += m[k / side][i / results] * m[k % side][i % results] * sum[k];
                    }
                }
            }
        }

        double[] taps(Array x, Array y) {
            double[][] sums = new double[out * in][side * side];
            for (int tile = 0; tile < tiles(); tile++) {
                double[][] data = new double[in][];
                for (int c = 0; c < in; c++) {
                    data[c] = data(x, tile, c);
                }
                for (int o = 0; o < out; o++) {
                    add(cotangent(y, tile, o), data, o, sums);
                }
            }
            double[] sizes = new double[9 * sums.length];
            double[][] m = matrices.filter;
            for (int i = 0; i < sizes.length; i++) {
                for (int k = 0; k < side * side; k++) {
                    sizes[i] += m[k / side][i % 9 / 3] * m[k % side][i % 3] * sums[i / 9][k];
                }
            }
            return sizes;
        }

        private double[] cotangent(Array y, int tile, int o) {
            int[] place = {tile / wide / high, results * (tile / wide % high), results * (tile % wide), o};
            return transformed(matrices.result, places(y, place, results));
        }

        private void add(double[] cotangent, double[][] data, int o, double[][] sums) {
            for (int c = 0; c < in; c++) {
                for (int k = 0; k < side * side; k++) {
                    sums[o * in + c][k] += cotangent[k] * data[c][k];
                }
            }
        }
    }
}
