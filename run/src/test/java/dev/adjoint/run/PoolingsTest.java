package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.spatial.MaxPooled;
import dev.adjoint.tensor.spatial.Pool;
import dev.adjoint.tensor.spatial.Pool.Padded;
import dev.adjoint.tensor.spatial.Pool.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pooling against loops.
class PoolingsTest {
    /// A pool over the last axes, and the numbers of its loops as they follow from the options by hand.
    record Case(Pool pool, Shape x, Numbers numbers) {}

    record Numbers(List<Long> stride, List<Long> pad, List<Long> dilation, Shape positions) {}

    private static List<Long> of(long... values) {
        return LongStream.of(values).boxed().toList();
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(Pool.of(2), Shape.of(2, 7), new Numbers(of(2), of(0), of(1), Shape.of(3))),
                new Case(
                        Pool.of(2).withRounding(Rounding.CEIL),
                        Shape.of(2, 7),
                        new Numbers(of(2), of(0), of(1), Shape.of(4))),
                new Case(
                        Pool.of(3, 2).withStride(2).withPadding(1).withRounding(Rounding.CEIL),
                        Shape.of(2, 2, 6, 6),
                        new Numbers(of(2, 2), of(1, 1), of(1, 1), Shape.of(4, 4))),
                new Case(
                        Pool.of(3, 3).withStride(1, 2).withPadding(1, 0).withDilation(1, 2),
                        Shape.of(1, 2, 4, 7),
                        new Numbers(of(1, 2), of(1, 0), of(1, 2), Shape.of(4, 2))),
                // The last window would begin in the padding behind: it is left out
                new Case(
                        Pool.of(2).withStride(3).withPadding(1).withRounding(Rounding.CEIL),
                        Shape.of(1, 5),
                        new Numbers(of(3), of(1), of(1), Shape.of(2))),
                new Case(
                        Pool.of(2, 2, 2),
                        Shape.of(1, 1, 4, 2, 5),
                        new Numbers(of(2, 2, 2), of(0, 0, 0), of(1, 1, 1), Shape.of(2, 1, 2))));
    }

    /// What lies under a window: the places inside, and how many places belong to elements and padding.
    record Under(List<Integer> places, int padded) {}

    private static List<Under> windows(Case each) {
        int rank = each.pool.taps().rank();
        Shape out = each.x.leading(rank).append(each.numbers.positions);
        List<Under> windows = new ArrayList<>();
        Loops.over(out, at -> {
            List<Integer> places = new ArrayList<>();
            int[] padded = {0};
            Loops.over(each.pool.taps(), k -> {
                long[] from = at.clone();
                boolean counted = true;
                for (int i = 0; i < rank; i++) {
                    int axis = each.x.rank() - rank + i;
                    from[axis] = at[axis] * each.numbers.stride.get(i)
                            + k[i] * each.numbers.dilation.get(i)
                            - each.numbers.pad.get(i);
                    counted &= from[axis] < each.x.dim(axis) + each.numbers.pad.get(i);
                }
                padded[0] += counted ? 1 : 0;
                if (Loops.place(each.x, from) >= 0) {
                    places.add(Loops.place(each.x, from));
                }
            });
            windows.add(new Under(places, padded[0]));
        });
        return windows;
    }

    private static void check(Case each, Tensor y, ToDoubleFunction<Under> expected) {
        assertThat(y.shape()).isEqualTo(each.x.leading(each.pool.taps().rank()).append(each.numbers.positions));
        double[] values = windows(each).stream().mapToDouble(expected).toArray();
        assertThat(Array.of(y).toDoubles()).containsExactly(values, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithLoops(Case each) {
        Array x = Loops.random(1, each.x.dims());
        double[] e = x.toDoubles();
        check(each, x.maxPool(each.pool), u -> max(u, e));
        check(each, x.averagePool(each.pool), u -> sum(u, e) / u.padded);
        check(each, x.averagePool(each.pool, Padded.IGNORED), u -> sum(u, e) / u.places.size());
        check(
                each,
                x.lpPool(3, each.pool),
                u -> Math.cbrt(u.places.stream()
                        .mapToDouble(i -> Math.pow(Math.abs(e[i]), 3))
                        .sum()));
    }

    private static double max(Under under, double[] e) {
        return under.places.stream().mapToDouble(i -> e[i]).max().orElseThrow();
    }

    private static double sum(Under under, double[] e) {
        return under.places.stream().mapToDouble(i -> e[i]).sum();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void indicesAreThoseOfTheLargestElements(Case each) {
        Array x = Loops.random(2, each.x.dims());
        double[] e = x.toDoubles();
        MaxPooled pooled = x.maxPoolWithIndices(each.pool);
        check(each, pooled.values(), u -> max(u, e));
        long plane = each.x.trailing(each.pool.taps().rank()).count();
        long[] expected = windows(each).stream()
                .mapToLong(u -> u.places.stream()
                                .filter(i -> e[i] == max(u, e))
                                .findFirst()
                                .orElseThrow()
                        % plane)
                .toArray();
        assertThat(Array.of(pooled.indices()).toLongs()).isEqualTo(expected);
    }

    /// The example of `torch.nn.MaxUnpool2d`.
    @Test
    void unpoolingPutsBack() {
        Tensor x = Array.of(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}, {13, 14, 15, 16}});
        MaxPooled pooled = x.maxPoolWithIndices(Pool.of(2, 2));
        assertThat(pooled.indices().reshape(4)).isEqualTo(Array.of(5L, 7, 13, 15));
        assertThat(pooled.values().maxUnpool(pooled.indices(), Shape.of(4, 4))).isEqualTo(Array.of(new double[][] {
            {0, 0, 0, 0}, {0, 6, 0, 8}, {0, 0, 0, 0}, {0, 14, 0, 16}
        }));
        // On a plane of five columns the places 5, 7, 13 and 15 are (1,0), (1,2), (2,3) and (3,0)
        assertThat(pooled.values().maxUnpool(pooled.indices(), Shape.of(4, 5))).isEqualTo(Array.of(new double[][] {
            {0, 0, 0, 0, 0}, {6, 0, 8, 0, 0}, {0, 0, 0, 14, 0}, {16, 0, 0, 0, 0}
        }));
    }

    @Test
    void adaptivePoolsAgreeWithLoops() {
        Array x = Loops.random(3, 2, 2, 7, 6);
        for (Shape o : List.of(Shape.of(3, 4), Shape.of(7, 3), Shape.of(1, 1), Shape.of(9, 2))) {
            Shape out = Shape.of(2, 2).append(o);
            List<Double> means = new ArrayList<>();
            List<Double> largest = new ArrayList<>();
            Loops.over(out, at -> {
                double sum = 0;
                double max = Double.NEGATIVE_INFINITY;
                int count = 0;
                for (long i = at[2] * 7 / o.dim(0); i < ((at[2] + 1) * 7 + o.dim(0) - 1) / o.dim(0); i++) {
                    for (long j = at[3] * 6 / o.dim(1); j < ((at[3] + 1) * 6 + o.dim(1) - 1) / o.dim(1); j++) {
                        sum += x.get(at[0], at[1], i, j);
                        max = Math.max(max, x.get(at[0], at[1], i, j));
                        count++;
                    }
                }
                means.add(sum / count);
                largest.add(max);
            });
            assertThat(x.adaptiveAveragePool(o).shape()).isEqualTo(out);
            assertThat(Array.of(x.adaptiveAveragePool(o)).toDoubles())
                    .containsExactly(means.stream().mapToDouble(v -> v).toArray(), within(1e-13));
            assertThat(Array.of(x.adaptiveMaxPool(o)).toDoubles())
                    .containsExactly(largest.stream().mapToDouble(v -> v).toArray());
        }
    }

    @Test
    void infinitiesStayInTheirPart() {
        Array x = Array.of(1, 2, Double.POSITIVE_INFINITY, 4, 5, 6, 7);
        assertThat(x.adaptiveAveragePool(Shape.of(3)))
                .isEqualTo(Array.of(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 6));
    }

    @Test
    void globalPoolsKeepTheirAxes() {
        Array x = Loops.random(4, 2, 3, 4, 5);
        assertThat(x.globalAveragePool().shape()).isEqualTo(Shape.of(2, 3, 1, 1));
        assertThat(x.globalMaxPool().reshape(2, 3)).isEqualTo(x.max(2, 3));
        assertThatThrownBy(() -> x.take(0, 0).take(0, 0).globalMaxPool())
                .hasMessage("globalMaxPool: f64[4,5]: needs spatial axes behind batch and channels");
    }

    @Test
    void errorsSayWhatFits() {
        Array x = Loops.random(5, 2, 5);
        assertThatThrownBy(() -> x.maxPool(Pool.of(2, 2, 2)))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("maxPool: f64[2,5]: a window [2,2,2] needs 3 spatial axes");
        assertThatThrownBy(() -> Array.of(1, 2).averagePool(Pool.of(2)))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage("averagePool: i32[2]: defined for floating types only; convert with x.to(DType.F32)");
        assertThatThrownBy(() -> x.averagePool(Pool.of(2).withPadding(2), Padded.IGNORED))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(
                        "averagePool: position 0 along spatial axis 0 of f64[2,5] lies wholly in the padding; pad less,"
                                + " or dilate less");
        assertThatThrownBy(() -> x.maxPoolWithIndices(Pool.of(2).withPadding(2)))
                .hasMessage(
                        "maxPoolWithIndices: position 0 along spatial axis 0 of f64[2,5] lies wholly in the padding;"
                                + " pad less, or dilate less");
        assertThatThrownBy(() -> x.maxUnpool(Array.of(1L, 2), Shape.of(4)))
                .hasMessage("maxUnpool: f64[2,5] and i64[2]: needs an index for every value, and 1 axes for [4]");
        assertThatThrownBy(() -> x.adaptiveMaxPool(Shape.of(2, 0)))
                .hasMessage("adaptiveMaxPool: f64[2,5]: needs 2 spatial axes with elements to pool into [2,0]");
    }
}
