package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.op.indexing.ArgSort.Order;
import dev.adjoint.op.indexing.SearchSorted.Side;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.NotComputed;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderingsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 8, 13, 100, 1000})
    void sortsStablyInBothDirections(int size) {
        // Few different numbers, so that many are equal
        double[] x = numbers(Array.key(Key.of(size))
                .normal(TensorType.of(DType.F64, size))
                .mul(2)
                .round());
        long[] rising = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i] + 0.0))
                .mapToLong(i -> i)
                .toArray();
        long[] falling = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> 0.0 - x[i]))
                .mapToLong(i -> i)
                .toArray();
        assertThat(Array.of(Array.of(x).argsort(0)).toLongs()).isEqualTo(rising);
        assertThat(Array.of(Array.of(x).argsort(0, Order.DESCENDING)).toLongs()).isEqualTo(falling);
        double[] sorted = Arrays.stream(rising).mapToDouble(i -> x[(int) i]).toArray();
        assertThat(numbers(Array.of(x).sort(0))).isEqualTo(sorted);
    }

    @Test
    void notANumberComesLastInEitherDirection() {
        Array x = Array.of(NAN, 1, -INFINITY, INFINITY, NAN, -0.0, 0);
        assertThat(x.argsort(0)).isEqualTo(Array.of(2L, 5, 6, 1, 3, 0, 4));
        assertThat(x.argsort(0, Order.DESCENDING)).isEqualTo(Array.of(3L, 1, 5, 6, 2, 0, 4));
    }

    @Test
    void integersSortExactlyToTheEndsOfTheirRange() {
        Array x = Array.of(Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, 0, Long.MIN_VALUE + 1);
        assertThat(x.argsort(0)).isEqualTo(Array.of(2L, 4, 3, 1, 0));
        assertThat(x.argsort(0, Order.DESCENDING)).isEqualTo(Array.of(0L, 1, 3, 4, 2));
        Array bytes = Array.of(Array.of(200, 3, 255).to(DType.U8));
        assertThat(bytes.argsort(0)).isEqualTo(Array.of(1L, 0, 2));
    }

    @Test
    void theLargestOfATable() {
        Array x = Array.of(new double[][] {{3, 9, 4}, {8, 1, 8}});
        var best = x.topK(-1, 2);
        assertThat(best.values()).isEqualTo(Array.of(new double[][] {{9, 4}, {8, 8}}));
        assertThat(best.indices()).isEqualTo(Tensor.stack(0, java.util.List.of(Array.of(1L, 2), Array.of(0L, 2))));
        assertThat(x.topK(0, 1, Order.ASCENDING).values()).isEqualTo(Array.of(new double[][] {{3, 1, 4}}));
        Tensor slope = grad((Tensor t) ->
                        t.topK(1, 2).values().mul(Array.of(1.0, 10)).sum())
                .apply(x);
        assertThat(slope).isEqualTo(Array.of(new double[][] {{0, 1, 10}, {1, 0, 10}}));
        assertThatThrownBy(() -> x.topK(1, 4))
                .hasMessage("topK: axis 1 of f64[2,3] has 3 elements, of which 4 cannot be taken");
    }

    @Test
    void placesAmongBoundaries() {
        Array bounds = Array.of(1.0, 3, 3, 5);
        Array values = Array.of(0.0, 1, 3, 4, 6, NAN);
        assertThat(bounds.searchSorted(values)).isEqualTo(Array.of(0L, 0, 1, 3, 4, 4));
        assertThat(values.bucketize(bounds, Side.RIGHT)).isEqualTo(Array.of(0L, 1, 3, 3, 4, 4));
        Array rows = Array.of(new double[][] {{1, 2}, {3, 4}});
        assertThat(rows.searchSorted(Array.of(new double[][] {{2, 2, 9}, {2, 4, 4}}), Side.RIGHT)
                        .reshape(-1))
                .isEqualTo(Array.of(2L, 2, 2, 0, 2, 2));
        // Unsorted boundaries are counted all the same
        assertThat(Array.of(5.0, 1, 3, 3).searchSorted(values)).isEqualTo(bounds.searchSorted(values));
        assertThatThrownBy(() -> rows.searchSorted(Array.of(1.0)))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage(
                        "searchsorted: f64[2,2] and f64[1]: boundaries need one axis, or the leading axes of the values"
                                + " and one axis");
        assertThatThrownBy(() -> bounds.searchSorted(Array.of(1)))
                .hasMessage("searchsorted: f64[4] and i32[1]: element types must be equal");
    }

    @Test
    void differentElements() {
        Array x = Array.of(Array.of(3, 1, 3, 2, 1, 3).reshape(2, 3));
        var distinct = x.unique();
        assertThat(distinct.values()).isEqualTo(Array.of(1, 2, 3));
        assertThat(distinct.counts()).isEqualTo(Array.of(2L, 1, 3));
        assertThat(distinct.inverse()).isEqualTo(Array.of(2L, 0, 2, 1, 0, 2).reshape(2, 3));
        assertThat(distinct.values().gather(0, distinct.inverse())).isEqualTo(x);
        assertThat(Array.of(NAN, 1, NAN).unique().values()).isEqualTo(Array.of(1, NAN, NAN));
        assertThat(Array.zeros(DType.F32, 0).unique().counts()).isEqualTo(Array.zeros(DType.I64, 0));
        assertThatThrownBy(() -> vmap((Tensor t) -> t.unique().values()).apply(x))
                .isInstanceOf(NotComputed.class)
                .hasMessage(
                        "unique: how many elements differ depends on the numbers of i32[3], which are not known while a"
                                + " function is traced, and the shapes of a graph must be. Compute it outside, or keep the shape:"
                                + " mask.where(x, y)");
    }

    @Test
    void theMedianIsTheLowerOfTwo() {
        Array x = Array.of(new double[][] {{7, 1, 5}, {2, 9, 4}});
        assertThat(Array.of(x.median()).item()).isEqualTo(4);
        assertThat(x.median(1)).isEqualTo(Array.of(5.0, 4));
        assertThat(x.median(0)).isEqualTo(Array.of(2.0, 1, 4));
        assertThat(grad((Tensor t) -> t.median()).apply(x)).isEqualTo(Array.of(new double[][] {{0, 0, 0}, {0, 0, 1}}));
        assertThat(Array.of(Array.of(1.0, NAN, 0, 0).median()).item()).isNaN();
        assertThat(Array.of(5L, -1, 8).median()).isEqualTo(Array.of(Array.of(5L).reshape()));
        assertThatThrownBy(() -> Array.zeros(DType.F32, 2, 0).median(1))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("median: f32[2,0]: no elements along axes [1], and median of nothing has no value");
        assertThatThrownBy(() -> Array.of(true).median())
                .hasMessage("median: bool[1]: defined for numbers only; convert with x.to(DType.I32)");
    }

    @Test
    void quantilesInterpolate() {
        Array x = Array.of(9.0, 1, 4, 2);
        assertThat(numbers(x.quantile(0, Axes.all()))).containsExactly(1);
        assertThat(numbers(x.quantile(0.5, Axes.all()))).containsExactly(3);
        assertThat(numbers(x.quantile(0.75, Axes.all()))).containsExactly(5.25); // numpy.quantile
        assertThat(numbers(x.quantile(1, Axes.all()))).containsExactly(9);
        assertThat(numbers(grad((Tensor t) -> t.quantile(0.75, Axes.all())).apply(x)))
                .containsExactly(0.25, 0, 0.75, 0);
        assertThat(numbers(Array.of(1.0, NAN).quantile(0, Axes.all()))).containsExactly(NAN);
        assertThat(numbers(Array.of(INFINITY, INFINITY, 0).quantile(1, Axes.all())))
                .containsExactly(INFINITY);
        assertThatThrownBy(() -> x.quantile(1.5, Axes.all())).hasMessage("a quantile lies between 0 and 1, not at 1.5");
        assertThatThrownBy(() -> Array.zeros(DType.F32, 0).quantile(0.5, Axes.all()))
                .hasMessage("quantile: f32[0]: no elements along axes [0], and quantile of nothing has no value");
    }

    /// The first of a stable sort, for every number of them, with many equal elements.
    @Test
    void theFirstAreThoseOfTheWholeOrder() {
        Tensor x =
                Array.key(Key.of(3)).normal(TensorType.of(DType.F64, 40)).mul(2).round();
        for (Order order : Order.values()) {
            Tensor all = x.argsort(0, order);
            for (int k = 0; k <= 40; k++) {
                assertThat(x.topK(0, k, order).indices()).isEqualTo(Array.of(all.slice(0, 0, k)));
            }
        }
        Tensor gaps = Array.of(NAN, 1, NAN, INFINITY);
        assertThat(gaps.topK(0, 3).indices()).isEqualTo(Array.of(3L, 1, 0));
    }
}
