package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.spatial.Conv;
import dev.adjoint.tensor.spatial.ConvTranspose;
import dev.adjoint.tensor.spatial.PadMode;
import dev.adjoint.tensor.spatial.Padding;
import dev.adjoint.tensor.spatial.Sliding;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Convolutions against loops, and their transposes as adjoints.
class ConvolutionsTest {
    /// A convolution, and the numbers of its loops as they follow from the options by hand.
    record Case(Conv options, Shape x, Shape w, Numbers numbers) {}

    record Numbers(List<Long> stride, List<Long> low, List<Long> dilation, Shape positions) {}

    private static Numbers numbers(List<Long> stride, List<Long> low, List<Long> dilation, long... positions) {
        return new Numbers(stride, low, dilation, Shape.of(positions));
    }

    private static List<Long> of(long... values) {
        return LongStream.of(values).boxed().toList();
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(Conv.valid(), Shape.of(2, 3, 7), Shape.of(4, 3, 3), numbers(of(1), of(0), of(1), 5)),
                new Case(
                        Conv.same().withStride(2).withGroups(2),
                        Shape.of(1, 4, 6),
                        Shape.of(2, 2, 3),
                        numbers(of(2), of(0), of(1), 3)),
                new Case(
                        Conv.same().withDilation(2),
                        Shape.of(1, 2, 6),
                        Shape.of(2, 2, 4),
                        numbers(of(1), of(3), of(2), 6)),
                new Case(
                        Conv.same(),
                        Shape.of(2, 2, 4, 5),
                        Shape.of(3, 2, 3, 2),
                        numbers(of(1, 1), of(1, 0), of(1, 1), 4, 5)),
                new Case(
                        Conv.valid().withStride(2, 1).withPadding(1, 2).withDilation(1, 2),
                        Shape.of(1, 2, 5, 6),
                        Shape.of(2, 2, 3, 3),
                        numbers(of(2, 1), of(1, 2), of(1, 2), 3, 6)),
                new Case(
                        Conv.valid().withGroups(3).withPadding(new Padding.Explicit(List.of(new Padding.Margin(2, 0)))),
                        Shape.of(2, 3, 4, 4),
                        Shape.of(6, 1, 2, 3),
                        numbers(of(1, 1), of(2, 2), of(1, 1), 5, 4)),
                new Case(
                        Conv.same().withStride(2),
                        Shape.of(1, 2, 4, 3, 5),
                        Shape.of(2, 2, 3, 2, 2),
                        numbers(of(2, 2, 2), of(0, 0, 0), of(1, 1, 1), 2, 2, 3)));
    }

    private static Tensor convolved(Case each, Tensor x, Tensor w) {
        return switch (x.rank()) {
            case 3 -> x.conv1d(w, each.options);
            case 4 -> x.conv2d(w, each.options);
            default -> x.conv3d(w, each.options);
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithLoops(Case each) {
        Array x = Loops.random(1, each.x.dims());
        Array w = Loops.random(2, each.w.dims());
        Tensor y = convolved(each, x, w);
        Shape out = each.numbers.positions.prepend(each.x.dim(0), each.w.dim(0));
        assertThat(y.shape()).isEqualTo(out);
        double[] expected = new double[(int) out.count()];
        each(
                each,
                (from, tap, to) ->
                        expected[to] += x.elements().get(from) * w.elements().get(tap));
        assertThat(Array.of(y).toDoubles()).containsExactly(expected, within(1e-12));
    }

    @FunctionalInterface
    interface Product {
        void at(int x, int w, int y);
    }

    /// Every product of a convolution: which element, which weight, which result.
    private static void each(Case each, Product product) {
        Shape out = each.numbers.positions.prepend(each.x.dim(0), each.w.dim(0));
        long outPerGroup = each.w.dim(0) / each.options.groups();
        Loops.over(
                out,
                at -> Loops.over(each.w.part(1, each.w.rank()), k -> {
                    long[] from = at.clone();
                    from[1] = at[1] / outPerGroup * each.w.dim(1) + k[0];
                    long[] tap = new long[each.w.rank()];
                    tap[0] = at[1];
                    tap[1] = k[0];
                    for (int i = 0; i < each.numbers.stride.size(); i++) {
                        from[2 + i] = at[2 + i] * each.numbers.stride.get(i)
                                + k[1 + i] * each.numbers.dilation.get(i)
                                - each.numbers.low.get(i);
                        tap[2 + i] = k[1 + i];
                    }
                    if (Loops.place(each.x, from) >= 0) {
                        product.at(Loops.place(each.x, from), Loops.place(each.w, tap), Loops.place(out, at));
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTransposeIsTheAdjointAndAgreesWithLoops(Case each) {
        Array x = Loops.random(3, each.x.dims());
        Array w = Loops.random(4, each.w.dims());
        Array y = Loops.random(5, convolved(each, x, w).shape().dims());
        ConvTranspose options = new ConvTranspose(each.options.sliding(), List.of(0L), each.options.groups());
        Tensor bare = transposed(options, y, w);
        long[] more = new long[each.numbers.stride.size()];
        boolean same = each.options.sliding().padding() instanceof Padding.Same;
        for (int i = 0; i < more.length; i++) {
            more[i] = same ? 0 : each.x.dim(2 + i) - bare.dim(2 + i);
        }
        Tensor back = transposed(options.withOutputPadding(more), y, w);
        if (back.shape().equals(each.x)) { // same padding knows multiples of the stride alone
            double left = Array.of(convolved(each, x, w).mul(y).sum()).item();
            double right = Array.of(x.mul(back).sum()).item();
            assertThat(left).isCloseTo(right, within(1e-12));
            double[] expected = new double[(int) each.x.count()];
            each(
                    each,
                    (from, tap, to) -> expected[from] +=
                            y.elements().get(to) * w.elements().get(tap));
            assertThat(Array.of(back).toDoubles()).containsExactly(expected, within(1e-12));
        } else {
            assertThat(same).isTrue();
        }
    }

    private static Tensor transposed(ConvTranspose options, Tensor y, Tensor w) {
        return switch (y.rank()) {
            case 3 -> y.convTranspose1d(w, options);
            case 4 -> y.convTranspose2d(w, options);
            default -> y.convTranspose3d(w, options);
        };
    }

    /// (p − 1)·stride − 2·padding + dilation·(taps − 1) + output padding + 1, as PyTorch documents it.
    @Test
    void extentsOfTransposedConvolutions() {
        Array y = Loops.random(1, 1, 2, 5);
        Array w = Loops.random(2, 2, 3, 4);
        ConvTranspose options =
                ConvTranspose.valid().withStride(3).withPadding(2).withDilation(2);
        assertThat(y.convTranspose1d(w, options.withOutputPadding(1)).shape()).isEqualTo(Shape.of(1, 3, 16));
        assertThat(y.convTranspose1d(w, ConvTranspose.same().withStride(3)).shape())
                .isEqualTo(Shape.of(1, 3, 15));
        assertThat(y.convTranspose1d(w, ConvTranspose.same().withStride(7)).shape())
                .isEqualTo(Shape.of(1, 3, 35));
    }

    @Test
    void columnsMakeAConvolutionAMatrixProduct() {
        Array x = Loops.random(6, 2, 3, 5, 6);
        Array w = Loops.random(7, 4, 3, 2, 3);
        Conv options = Conv.valid().withStride(2, 1).withPadding(1).withDilation(1, 2);
        Tensor columns = x.im2col(Shape.of(2, 3), options.sliding());
        assertThat(columns.shape()).isEqualTo(Shape.of(2, 18, 12));
        Tensor product = w.reshape(4, 18).matmul(columns).reshape(2, 4, 3, 4);
        Tensor direct = x.conv2d(w, options);
        assertThat(Array.of(product).toDoubles())
                .containsExactly(Array.of(direct).toDoubles(), within(1e-12));
    }

    @Test
    void foldingUnfoldedOnesCountsHowOftenAnElementIsRead() {
        Sliding sliding = Sliding.dense().withStride(2, 1).withPadding(1);
        Shape taps = Shape.of(3, 2);
        Tensor ones = Loops.random(1, 1, 1, 5, 4).onesLike();
        Tensor counts = ones.im2col(taps, sliding).col2im(Shape.of(5, 4), taps, sliding);
        assertThat(counts.reshape(5, 4)).isEqualTo(Array.of(new double[][] {
            {2, 2, 2, 2}, {4, 4, 4, 4}, {2, 2, 2, 2}, {4, 4, 4, 4}, {2, 2, 2, 2}
        }));
        Array x = Loops.random(2, 2, 3, 5, 4);
        Array y = Loops.random(3, x.im2col(taps, sliding).shape().dims());
        assertThat(Array.of(x.im2col(taps, sliding).mul(y).sum()).item())
                .isCloseTo(
                        Array.of(x.mul(y.col2im(Shape.of(5, 4), taps, sliding)).sum())
                                .item(),
                        within(1e-12));
    }

    /// The results of `numpy.pad`.
    @Test
    void padModes() {
        Array x = Array.of(1, 2, 3, 4, 5);
        assertThat(x.pad(PadMode.REFLECT, 0, 2, 3)).isEqualTo(Array.of(3, 2, 1, 2, 3, 4, 5, 4, 3, 2));
        assertThat(x.pad(PadMode.SYMMETRIC, 0, 2, 3)).isEqualTo(Array.of(2, 1, 1, 2, 3, 4, 5, 5, 4, 3));
        assertThat(x.pad(PadMode.CIRCULAR, 0, 2, 3)).isEqualTo(Array.of(4, 5, 1, 2, 3, 4, 5, 1, 2, 3));
        assertThat(x.pad(PadMode.REPLICATE, -1, 2, 3)).isEqualTo(Array.of(1, 1, 1, 2, 3, 4, 5, 5, 5, 5));
        Array three = Array.of(1, 2, 3);
        assertThat(three.pad(PadMode.REFLECT, 0, 4, 4)).isEqualTo(Array.of(1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3));
        assertThat(three.pad(PadMode.SYMMETRIC, 0, 4, 4)).isEqualTo(Array.of(3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1));
        assertThat(three.pad(PadMode.CIRCULAR, 0, 4, 4)).isEqualTo(Array.of(3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1));
        assertThat(Array.of(7).pad(PadMode.REFLECT, 0, 1, 2)).isEqualTo(Array.of(7, 7, 7, 7));
        Array rows = Array.of(new double[][] {{1, 2}, {3, 4}});
        assertThat(rows.pad(PadMode.CIRCULAR, List.of(new Padding.Margin(1, 0), new Padding.Margin(0, 1))))
                .isEqualTo(Array.of(new double[][] {{3, 4, 3}, {1, 2, 1}, {3, 4, 3}}));
        assertThat(x.pad(PadMode.CIRCULAR, 0, 0, 0)).isSameAs(x);
    }

    @Test
    void errorsSayWhatFits() {
        Array x = Loops.random(1, 1, 2, 5);
        Array w = Loops.random(2, 2, 2, 3);
        assertThatThrownBy(() -> x.conv2d(w, Conv.same()))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("conv2d: f64[1,2,5] and f64[2,2,3]: both operands need 4 axes: batch (or channels out),"
                        + " channels and 2 spatial. A single example becomes a batch by x.expand(0)");
        assertThatThrownBy(() -> x.conv1d(w, Conv.same().withStride(1, 2)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("conv1d: stride has 2 entries for 1 spatial axes; give one for all, or one for each");
        assertThatThrownBy(() -> x.conv1d(w, Conv.same().withStride(0)))
                .hasMessage("a window needs stride and dilation of at least 1 and padding of at least 0, not stride 0,"
                        + " dilation 1, padding 0 and 0");
        assertThatThrownBy(() ->
                        x.convTranspose1d(w, ConvTranspose.valid().withStride(2).withOutputPadding(2)))
                .hasMessage("convTranspose1d: output padding is from 0 to stride − 1, here 1, not 2");
        assertThatThrownBy(() ->
                        x.convTranspose1d(w, ConvTranspose.same().withStride(2).withOutputPadding(1)))
                .hasMessage(
                        "convTranspose1d: output padding is from 0 to 0 with padding that keeps the extents, not 1");
        assertThatThrownBy(() -> x.convTranspose1d(w, ConvTranspose.valid().withPadding(4)))
                .hasMessage("convTranspose1d: the result would have -1 elements along spatial axis 0; the padding takes"
                        + " away more than 5 positions make");
        assertThatThrownBy(() -> x.im2col(Shape.of(2, 2), Sliding.dense()))
                .hasMessage("im2col: f64[1,2,5]: needs 4 axes: batch, channels and 2 spatial for a window [2,2]");
        assertThatThrownBy(
                        () -> x.col2im(Shape.of(6), Shape.of(2), Sliding.dense().withStride(2)))
                .hasMessage("col2im: f64[1,2,5]: needs the columns of a window [2] at [3] positions: [N,C·2,3]");
        assertThatThrownBy(() -> x.pad(PadMode.REFLECT, 0, -1, 0))
                .hasMessage("pad: margins are at least 0, not -1 and 0");
        assertThatThrownBy(() -> x.slice(2, 0, 0).pad(PadMode.REFLECT, 2, 1, 0))
                .hasMessage("pad: axis 2 of f64[1,2,0] has no element to pad with by REFLECT");
    }
}
