package dev.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.spatial.Conv;
import dev.adjoint.tensor.spatial.ConvTranspose;
import dev.adjoint.tensor.spatial.Pool;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Convolutions and poolings over one, two and three axes against plain loops over three; fewer axes have extent 1.
final class SpatialLayersTest {
    private static final Pass USE = Pass.evaluation();

    private static Tensor numbers(long seed, long... dims) {
        return Init.normal(Key.of(seed), 1, dims).to(DType.F64);
    }

    private static void close(Tensor actual, double[] expected) {
        assertThat(Array.of(actual).toDoubles())
                .usingComparatorWithPrecision(1e-9)
                .containsExactly(expected);
    }

    /// `[a,b,spatial…]` with three spatial axes.
    private static Array three(Tensor x) {
        Shape ones = Shape.scalar().padded(5 - x.rank());
        return Array.of(x.reshape(
                Shape.of(x.dim(0), x.dim(1)).append(ones).append(x.shape().part(2, x.rank()))));
    }

    /// Calls with every index below the extents.
    private static void indices(long[] extents, java.util.function.Consumer<long[]> body) {
        long count = java.util.Arrays.stream(extents).reduce(1, (a, b) -> a * b);
        for (long flat = 0; flat < count; flat++) {
            long[] index = new long[extents.length];
            long rest = flat;
            for (int i = extents.length - 1; i >= 0; i--) {
                index[i] = rest % extents[i];
                rest /= extents[i];
            }
            body.accept(index);
        }
    }

    /// What slides along one of three axes: nothing where the extent is 1.
    private record Slide(long stride, long padding, long dilation, int rank) {
        /// The element under a tap.
        long at(int axis, long position, long tap) {
            return axis < 3 - rank ? tap : position * stride + tap * dilation - padding;
        }
    }

    /// y(n,o,p) = b(o) + Σ x(n,i,p·stride + t·dilation − padding)·w(o,i,t) within the groups.
    private static double[] convolved(Convolution layer, Tensor input, Tensor output, Slide slide) {
        Array x = three(input);
        Array w = three(layer.weight());
        long[] y = three(output).shape().dims();
        double[] bias = Array.of(layer.bias().orElseThrow()).toDoubles();
        double[] sums = new double[(int) output.shape().count()];
        int[] at = {0};
        long each = w.dim(0) / layer.options().groups();
        indices(y, p -> {
            double[] sum = {bias[(int) p[1]]};
            indices(new long[] {w.dim(1), w.dim(2), w.dim(3), w.dim(4)}, t -> {
                long channel = p[1] / each * w.dim(1) + t[0];
                sum[0] += w.get(p[1], t[0], t[1], t[2], t[3])
                        * element(x, new long[] {
                            p[0], channel, slide.at(0, p[2], t[1]), slide.at(1, p[3], t[2]), slide.at(2, p[4], t[3])
                        });
            });
            sums[at[0]++] = sum[0];
        });
        return sums;
    }

    /// Zero outside.
    private static double element(Array x, long[] index) {
        for (int i = 0; i < index.length; i++) {
            if (index[i] < 0 || index[i] >= x.dim(i)) {
                return 0;
            }
        }
        return x.get(index);
    }

    private static Convolution convolution(long groups, Slide slide, long... taps) {
        Conv options = Conv.valid()
                .withStride(slide.stride)
                .withPadding(slide.padding)
                .withDilation(slide.dilation)
                .withGroups(groups);
        Convolution layer = Convolution.init(Key.of(3), Convolution.Size.of(4, 6, taps), options);
        return new Convolution(layer.weight().to(DType.F64), Optional.of(numbers(5, 6)), options);
    }

    private static void isTheLoop(Convolution layer, Tensor x, Slide slide) {
        Tensor y = layer.apply(x, USE);
        close(y, convolved(layer, x, y, slide));
    }

    @Test
    void convolutionsAreTheirSumsOverOneTwoAndThreeAxes() {
        isTheLoop(convolution(1, new Slide(1, 0, 1, 1), 3), numbers(1, 2, 4, 7), new Slide(1, 0, 1, 1));
        isTheLoop(convolution(2, new Slide(2, 3, 2, 1), 4), numbers(1, 2, 4, 9), new Slide(2, 3, 2, 1));
        isTheLoop(convolution(1, new Slide(2, 1, 1, 2), 3, 2), numbers(1, 1, 4, 5, 6), new Slide(2, 1, 1, 2));
        isTheLoop(convolution(2, new Slide(1, 1, 2, 3), 2, 1, 2), numbers(1, 1, 4, 3, 4, 3), new Slide(1, 1, 2, 3));
    }

    @Test
    void paddingKeepsTheExtents() {
        Tensor line = numbers(1, 2, 3, 11);
        Convolution layer = Convolution.init(
                Key.of(1), Convolution.Size.of(3, 8, 5), Conv.same().withStride(2));
        assertThat(layer.weight().shape()).isEqualTo(Shape.of(8, 3, 5));
        assertThat(layer.apply(line.to(DType.F32), USE).shape()).isEqualTo(Shape.of(2, 8, 6));
        Convolution cube = Convolution.readout(Key.of(1), Convolution.Size.of(3, 2, 3, 3, 3), Conv.same());
        assertThat(cube.apply(Init.zeros(1, 3, 4, 5, 6), USE).shape()).isEqualTo(Shape.of(1, 2, 4, 5, 6));
        assertThat(Summary.weights(cube)).isEqualTo(2 * 3 * 27 + 2);
        assertThat(Summary.weights(cube.unbiased())).isEqualTo(2 * 3 * 27);
    }

    /// Every element is spread over the kernel: y(n,o,p·stride + t·dilation − padding) += x(n,i,p)·w(i,o,t).
    private static double[] spread(TransposedConvolution layer, Tensor input, Tensor output, Slide slide) {
        Array x = three(input);
        Array w = three(layer.weight());
        Array y = three(output);
        double[] bias = Array.of(layer.bias().orElseThrow()).toDoubles();
        double[] sums = new double[(int) output.shape().count()];
        int inside = (int) (y.dim(2) * y.dim(3) * y.dim(4));
        for (int i = 0; i < sums.length; i++) {
            sums[i] = bias[i / inside % bias.length];
        }
        indices(
                x.shape().dims(),
                p -> indices(new long[] {w.dim(1), w.dim(2), w.dim(3), w.dim(4)}, t -> {
                    long group = p[1] / (x.dim(1) / layer.options().groups());
                    long[] to = {
                        p[0],
                        group * w.dim(1) + t[0],
                        slide.at(0, p[2], t[1]),
                        slide.at(1, p[3], t[2]),
                        slide.at(2, p[4], t[3])
                    };
                    int flat = 0;
                    for (int i = 0; i < 5; i++) {
                        if (to[i] < 0 || to[i] >= y.dim(i)) {
                            return;
                        }
                        flat = (int) (flat * y.dim(i) + to[i]);
                    }
                    sums[flat] += x.get(p) * w.get(p[1], t[0], t[1], t[2], t[3]);
                }));
        return sums;
    }

    private static void spreads(long groups, Slide slide, Tensor x, long... taps) {
        ConvTranspose options = ConvTranspose.valid()
                .withStride(slide.stride)
                .withPadding(slide.padding)
                .withDilation(slide.dilation)
                .withGroups(groups);
        TransposedConvolution made = TransposedConvolution.init(Key.of(3), Convolution.Size.of(4, 6, taps), options);
        var layer = new TransposedConvolution(made.weight().to(DType.F64), Optional.of(numbers(5, 6)), options);
        Tensor y = layer.apply(x, USE);
        close(y, spread(layer, x, y, slide));
    }

    @Test
    void transposedConvolutionsSpreadEveryElement() {
        spreads(1, new Slide(2, 1, 1, 1), numbers(1, 2, 4, 5), 3);
        spreads(2, new Slide(1, 0, 2, 1), numbers(1, 2, 4, 5), 3);
        spreads(1, new Slide(2, 1, 1, 2), numbers(1, 1, 4, 3, 4), 4, 3);
        spreads(2, new Slide(2, 0, 1, 3), numbers(1, 1, 4, 2, 3, 2), 2, 3, 2);
    }

    @Test
    void aTransposedConvolutionWithAStrideIsLargerByIt() {
        ConvTranspose twice = ConvTranspose.same().withStride(2);
        var layer = TransposedConvolution.init(Key.of(1), Convolution.Size.of(8, 3, 4, 4), twice);
        assertThat(layer.apply(Init.zeros(2, 8, 5, 6), USE).shape()).isEqualTo(Shape.of(2, 3, 10, 12));
        // Every result adds up 8·16/4 numbers, so that He's variance is 2/32.
        double[] w = Array.of(TransposedConvolution.init(Key.of(1), Convolution.Size.of(8, 64, 4, 4), twice)
                        .weight())
                .toDoubles();
        double variance = java.util.Arrays.stream(w).map(v -> v * v).average().orElseThrow();
        assertThat(variance).isBetween(0.9 * 2 / 32, 1.1 * 2 / 32);
        assertThat(Summary.weights(layer.unbiased())).isEqualTo(8 * 3 * 16);
    }

    @Test
    void depthwiseConvolutionsSeeOneChannelEach() {
        Convolution layer = Convolution.depthwise(Key.of(1), 3, Shape.of(3, 3), Conv.same());
        assertThat(layer.weight().shape()).isEqualTo(Shape.of(3, 1, 3, 3));
        Tensor x = Init.normal(Key.of(2), 1, 1, 3, 4, 4);
        Tensor y = layer.apply(x, USE);
        for (int c = 0; c < 3; c++) {
            var alone = new Convolution(layer.weight().slice(0, c, c + 1), Optional.empty(), Conv.same());
            assertThat(Array.of(y.slice(1, c, c + 1)).toDoubles())
                    .usingComparatorWithPrecision(1e-5)
                    .containsExactly(
                            Array.of(alone.apply(x.slice(1, c, c + 1), USE)).toDoubles());
        }
    }

    /// The two convolutions are one whose kernel is the product: w(o,i,t) = P(o,i)·D(i,t).
    @Test
    void aSeparableConvolutionHasAKernelThatIsAProduct() {
        SeparableConvolution layer = SeparableConvolution.init(Key.of(1), Convolution.Size.of(3, 5, 3), Conv.same());
        Tensor x = Init.normal(Key.of(2), 1, 2, 3, 8);
        Tensor kernel =
                layer.pointwise().weight().mul(layer.depthwise().weight().reshape(1, 3, 3));
        var whole = new Convolution(kernel, layer.pointwise().bias(), Conv.same());
        assertThat(Array.of(layer.apply(x, USE)).toDoubles())
                .usingComparatorWithPrecision(1e-5)
                .containsExactly(Array.of(whole.apply(x, USE)).toDoubles());
        assertThat(Summary.weights(layer)).isEqualTo(3 * (3 + 5) + 5);
    }

    @Test
    void poolsTakeAsManyAxesAsTheyHaveExtents() {
        Tensor line = Array.of(3.0, 1, -4, 1, 5, -9, 2).reshape(1, 1, 7);
        close(MaxPool.of(2).apply(line, USE), new double[] {3, 1, 5});
        close(new MaxPool(Pool.of(2).withRounding(Pool.Rounding.CEIL)).apply(line, USE), new double[] {3, 1, 5, 2});
        close(AveragePool.of(3).apply(line, USE), new double[] {0, -1});
        close(new LpPool(2, Pool.of(2)).apply(line, USE), new double[] {Math.sqrt(10), Math.sqrt(17), Math.sqrt(106)});
        Pool padded = Pool.of(2).withStride(2).withPadding(1);
        close(new AveragePool(padded, Pool.Padded.COUNTED).apply(line, USE), new double[] {1.5, -1.5, 3, -3.5});
        close(new AveragePool(padded, Pool.Padded.IGNORED).apply(line, USE), new double[] {3, -1.5, 3, -3.5});
        Tensor cube = Array.of(1.0, 2, 3, 4, 5, 6, 7, 8).reshape(1, 1, 2, 2, 2);
        close(MaxPool.of(2, 2, 2).apply(cube, USE), new double[] {8});
        close(AveragePool.of(1, 1, 2).apply(cube, USE), new double[] {1.5, 3.5, 5.5, 7.5});
        close(new GlobalMaxPool().apply(cube.neg(), USE), new double[] {-1});
    }

    /// Of seven elements and three results, number i is of the elements from ⌊7i/3⌋ to ⌈7(i+1)/3⌉ − 1.
    @Test
    void adaptivePoolsGiveTheExtentsThatAreAskedFor() {
        Tensor line = Array.of(3.0, 1, -4, 1, 5, -9, 2).reshape(1, 1, 7);
        close(new AdaptiveAveragePool(Shape.of(3)).apply(line, USE), new double[] {0, 2 / 3.0, -2 / 3.0});
        close(new AdaptiveMaxPool(Shape.of(3)).apply(line, USE), new double[] {3, 5, 5});
        for (long size : new long[] {7, 8, 13}) {
            Tensor image = Init.zeros(2, 3, size, size + 2);
            Shape wanted = Shape.of(2, 3, 4, 5);
            assertThat(new AdaptiveAveragePool(Shape.of(4, 5)).apply(image, USE).shape())
                    .isEqualTo(wanted);
            assertThat(new AdaptiveMaxPool(Shape.of(4, 5)).apply(image, USE).shape())
                    .isEqualTo(wanted);
        }
        Tensor cube = numbers(1, 1, 2, 4, 2, 6);
        close(
                new AdaptiveAveragePool(Shape.of(1, 1, 1)).apply(cube, USE),
                Array.of(new GlobalAveragePool().apply(cube, USE)).toDoubles());
    }

    @Test
    void mistakesAreExplained() {
        Tensor image = Init.zeros(2, 3, 8, 8);
        assertThatThrownBy(() -> MaxPool.of(2).apply(image, USE))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining(
                        "maxpool: f32[2,3,8,8]: x must be [N,C,…] with 1 spatial axis, as many as the pool");
        assertThatThrownBy(() -> new AdaptiveMaxPool(Shape.of(1, 1, 1)).apply(image, USE))
                .hasMessageContaining("adaptivemaxpool: f32[2,3,8,8]: x must be [N,C,…] with 3 spatial axes");
        assertThatThrownBy(() -> new GlobalMaxPool().apply(Init.zeros(2, 3), USE))
                .hasMessageContaining("globalmaxpool: f32[2,3]: x must be [N,C,…] with at least one axis inside");
        Convolution line = Convolution.init(Key.of(1), Convolution.Size.of(3, 4, 3), Conv.same());
        assertThatThrownBy(() -> line.apply(image, USE))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining("conv1d: f32[2,3,8,8] and f32[4,3,3]: both operands need 3 axes");
        assertThatThrownBy(() -> Convolution.Size.of(3, 4))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(
                        "a convolution has channels in and out and a kernel of one to three extents of at least 1, not"
                                + " 3, 4 and []");
        assertThatThrownBy(() -> Convolution.init(
                        Key.of(1), Convolution.Size.of(3, 4, 3), Conv.same().withGroups(2)))
                .hasMessage("convolution: 2 groups must divide the channels, 3 in and 4 out");
    }
}
