package dev.adjoint.run;

import static dev.adjoint.tensor.Index.all;
import static dev.adjoint.tensor.Index.ellipsis;
import static dev.adjoint.tensor.Index.newAxis;
import static dev.adjoint.tensor.Index.range;
import static dev.adjoint.tensor.Index.step;
import static dev.adjoint.tensor.Index.until;
import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.op.indexing.Scatter.Combine;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Index;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NotComputed;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Indexing against NumPy 2.4: every case is `np.arange(24).reshape(2, 3, 4)[…]`, so that what is read also says where it
/// stood.
class SubscriptsTest {
    private static final Shape SHAPE = Shape.of(2, 3, 4);
    private static final Array X = counting(0, SHAPE);
    private static final Array SQUARE = Array.of(Array.of(1, -1, 0, 0).reshape(2, 2));
    private static final Array COLUMN = Array.of(Array.of(1, 0).reshape(2, 1));
    private static final Array ONE_ZERO = Array.of(1, 0);
    private static final Array ONE_TWO = Array.of(1L, 2L);
    private static final Array EIGHTS = Array.of(true, false, true);
    private static final Array THIRDS =
            Array.of(Array.of(true, false, false, true, false, false).reshape(2, 3));
    private static final Array FIFTHS = fifths();

    private static Array counting(double first, Shape shape) {
        double[] numbers = new double[(int) shape.count()];
        Arrays.setAll(numbers, i -> first + i);
        return Array.of(new TensorType(DType.F64, shape), Elements.wrap(numbers));
    }

    private static Array fifths() {
        Elements elements = Elements.allocate(DType.BOOL, 24);
        for (int i = 0; i < 24; i++) {
            elements.set(i, i % 5 == 2 ? 1 : 0);
        }
        return Array.of(new TensorType(DType.BOOL, SHAPE), elements);
    }

    /// An index and what NumPy takes with it.
    record Taken(String numpy, List<Index> index, Shape shape, List<Integer> places) {
        @Override
        public String toString() {
            return "x[" + numpy + "]";
        }
    }

    private static Taken taken(String numpy, List<Index> index, Shape shape, int... places) {
        return new Taken(numpy, index, shape, IntStream.of(places).boxed().toList());
    }

    private static List<Index> at(Index... index) {
        return List.of(index);
    }

    static List<Taken> numpy() {
        return List.of(
                taken("-1", at(Index.of(-1)), Shape.of(3, 4), 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23),
                taken("1, 2, 3", at(Index.of(1), Index.of(2), Index.of(3)), Shape.of(), 23),
                taken("1:", at(Index.from(1)), Shape.of(1, 3, 4), 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23),
                taken(
                        ":, :-1",
                        at(all(), until(-1)),
                        Shape.of(2, 2, 4),
                        0,
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7,
                        12,
                        13,
                        14,
                        15,
                        16,
                        17,
                        18,
                        19),
                taken(":, -2:100, 0", at(all(), range(-2, 100), Index.of(0)), Shape.of(2, 2), 4, 8, 16, 20),
                taken("0, 1, 2::-1", at(Index.of(0), Index.of(1), Index.from(2, -1)), Shape.of(3), 6, 5, 4),
                taken("1, 1, :1:-2", at(Index.of(1), Index.of(1), until(1, -2)), Shape.of(1), 19),
                taken("1:1", at(range(1, 1)), Shape.of(0, 3, 4)),
                taken("::-1, ..., 0", at(step(-1), ellipsis(), Index.of(0)), Shape.of(2, 3), 12, 16, 20, 0, 4, 8),
                taken(":, ::-2, 1:3", at(all(), step(-2), range(1, 3)), Shape.of(2, 2, 2), 9, 10, 1, 2, 21, 22, 13, 14),
                taken("0, :, 3:0:-2", at(Index.of(0), all(), range(3, 0, -2)), Shape.of(3, 2), 3, 1, 7, 5, 11, 9),
                taken(
                        "1, :, -1:-100:-3",
                        at(Index.of(1), all(), range(-1, -100, -3)),
                        Shape.of(3, 2),
                        15,
                        12,
                        19,
                        16,
                        23,
                        20),
                taken("0, ..., 0", at(Index.of(0), ellipsis(), Index.of(0)), Shape.of(3), 0, 4, 8),
                taken(
                        "None, 0, :2, None",
                        at(newAxis(), Index.of(0), until(2), newAxis()),
                        Shape.of(1, 2, 1, 4),
                        0,
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7),
                taken(
                        "0, ..., None",
                        at(Index.of(0), ellipsis(), newAxis()),
                        Shape.of(3, 4, 1),
                        0,
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7,
                        8,
                        9,
                        10,
                        11),
                taken(
                        "[1, 0, 1], 2",
                        at(Index.of(Array.of(1, 0, 1)), Index.of(2)),
                        Shape.of(3, 4),
                        20,
                        21,
                        22,
                        23,
                        8,
                        9,
                        10,
                        11,
                        20,
                        21,
                        22,
                        23),
                taken(
                        "[[1, -1], [0, 0]], 1, 2:",
                        at(Index.of(SQUARE), Index.of(1), Index.from(2)),
                        Shape.of(2, 2, 2),
                        18,
                        19,
                        18,
                        19,
                        6,
                        7,
                        6,
                        7),
                taken(
                        ":, [2, 0, -1], 1",
                        at(all(), Index.of(Array.of(2, 0, -1)), Index.of(1)),
                        Shape.of(2, 3),
                        9,
                        1,
                        9,
                        21,
                        13,
                        21),
                taken(
                        "[1, 0], [1, 2]",
                        at(Index.of(ONE_ZERO), Index.of(ONE_TWO)),
                        Shape.of(2, 4),
                        16,
                        17,
                        18,
                        19,
                        8,
                        9,
                        10,
                        11),
                taken(
                        "[[1], [0]], [1, 0, 2]",
                        at(Index.of(COLUMN), Index.of(Array.of(1, 0, 2))),
                        Shape.of(2, 3, 4),
                        16,
                        17,
                        18,
                        19,
                        12,
                        13,
                        14,
                        15,
                        20,
                        21,
                        22,
                        23,
                        4,
                        5,
                        6,
                        7,
                        0,
                        1,
                        2,
                        3,
                        8,
                        9,
                        10,
                        11),
                taken(
                        "[1, 0], :, [1, 2]",
                        at(Index.of(ONE_ZERO), all(), Index.of(ONE_TWO)),
                        Shape.of(2, 3),
                        13,
                        17,
                        21,
                        2,
                        6,
                        10),
                taken("0, :, [1, 2]", at(Index.of(0), all(), Index.of(ONE_TWO)), Shape.of(2, 3), 1, 5, 9, 2, 6, 10),
                taken("0, [1, 2]", at(Index.of(0), Index.of(ONE_TWO)), Shape.of(2, 4), 4, 5, 6, 7, 8, 9, 10, 11),
                taken(":, 0, [1, 2]", at(all(), Index.of(0), Index.of(ONE_TWO)), Shape.of(2, 2), 1, 2, 13, 14),
                taken(
                        ":, [1, 2], ..., [1, 0]",
                        at(all(), Index.of(ONE_TWO), ellipsis(), Index.of(ONE_ZERO)),
                        Shape.of(2, 2),
                        5,
                        17,
                        8,
                        20),
                taken(
                        ":, [1, 2], [1, 0]",
                        at(all(), Index.of(ONE_TWO), Index.of(ONE_ZERO)),
                        Shape.of(2, 2),
                        5,
                        8,
                        17,
                        20),
                taken(
                        "[1, 0], None, [1, 2], :2",
                        at(Index.of(ONE_ZERO), newAxis(), Index.of(ONE_TWO), until(2)),
                        Shape.of(2, 1, 2),
                        16,
                        17,
                        8,
                        9),
                taken(
                        ":, None, [1, 2], 1:3",
                        at(all(), newAxis(), Index.of(ONE_TWO), range(1, 3)),
                        Shape.of(2, 1, 2, 2),
                        5,
                        6,
                        9,
                        10,
                        17,
                        18,
                        21,
                        22),
                taken(
                        "None, [1, 0], :, 0",
                        at(newAxis(), Index.of(ONE_ZERO), all(), Index.of(0)),
                        Shape.of(2, 1, 3),
                        12,
                        16,
                        20,
                        0,
                        4,
                        8),
                taken(
                        "::-1, [1, 2], ::2",
                        at(step(-1), Index.of(ONE_TWO), step(2)),
                        Shape.of(2, 2, 2),
                        16,
                        18,
                        20,
                        22,
                        4,
                        6,
                        8,
                        10),
                taken(
                        "[False, True], 1",
                        at(Index.of(Array.of(false, true)), Index.of(1)),
                        Shape.of(1, 4),
                        16,
                        17,
                        18,
                        19),
                taken(
                        ":, [True, False, True], 1",
                        at(all(), Index.of(Array.of(true, false, true)), Index.of(1)),
                        Shape.of(2, 2),
                        1,
                        9,
                        13,
                        21),
                taken(
                        "[True, True], [1, 2]",
                        at(Index.of(Array.of(true, true)), Index.of(ONE_TWO)),
                        Shape.of(2, 4),
                        4,
                        5,
                        6,
                        7,
                        20,
                        21,
                        22,
                        23),
                taken("[False, False]", at(Index.of(Array.of(false, false))), Shape.of(0, 3, 4)),
                taken("x[:, :, 0] % 3 == 0, 1:3", at(Index.of(THIRDS), range(1, 3)), Shape.of(2, 2), 1, 2, 13, 14),
                taken(
                        "..., x[0, :, 0] % 8 == 0, 0",
                        at(ellipsis(), Index.of(EIGHTS), Index.of(0)), Shape.of(2, 2), 0, 8, 12, 20),
                taken("x % 5 == 2", at(Index.of(FIFTHS)), Shape.of(5), 2, 7, 12, 17, 22),
                taken(
                        "[1, 1, 1], [0, 0, 2], 3",
                        at(Index.of(Array.of(1, 1, 1)), Index.of(Array.of(0, 0, 2)), Index.of(3)),
                        Shape.of(3),
                        15,
                        15,
                        23));
    }

    private static Tensor read(Tensor x, Taken taken) {
        return x.at(taken.index().toArray(Index[]::new));
    }

    @ParameterizedTest
    @MethodSource("numpy")
    void readsWhatNumPyReads(Taken taken) {
        Array y = Array.of(read(X, taken));
        assertThat(y.shape()).isEqualTo(taken.shape());
        assertThat(y.toDoubles())
                .isEqualTo(taken.places().stream().mapToDouble(i -> i).toArray());
    }

    @ParameterizedTest
    @MethodSource("numpy")
    void writesWhereItReads(Taken taken) {
        Array value = counting(100, taken.shape());
        double[] set = X.toDoubles();
        double[] added = X.toDoubles();
        for (int k = 0; k < taken.places().size(); k++) {
            int place = taken.places().get(k);
            set[place] = 100 + k;
            added[place] += 100 + k;
        }
        assertThat(Array.of(X.with(taken.index(), value)).toDoubles()).isEqualTo(set);
        assertThat(Array.of(X.plusAt(taken.index(), value)).toDoubles()).isEqualTo(added);
    }

    @ParameterizedTest
    @MethodSource("numpy")
    void theValueBroadcasts(Taken taken) {
        double[] set = X.toDoubles();
        for (int place : taken.places()) {
            set[place] = -1;
        }
        assertThat(Array.of(X.with(taken.index(), Array.scalar(-1.0))).toDoubles())
                .isEqualTo(set);
    }

    @ParameterizedTest
    @MethodSource("numpy")
    void gradientsGoWhereTheNumbersCameFrom(Taken taken) {
        Array weights = counting(1, taken.shape());
        double[] ofX = new double[24];
        double[] others = new double[24];
        Arrays.fill(others, 1);
        double[] ofValue = new double[taken.places().size()];
        for (int k = 0; k < ofValue.length; k++) {
            int place = taken.places().get(k);
            ofX[place] += 1 + k;
            others[place] = 0;
            boolean last = taken.places().lastIndexOf(place) == k;
            ofValue[k] = last ? 1 : 0;
        }
        Tensor read = grad((Tensor x) -> read(x, taken).mul(weights).sum()).apply(X);
        assertThat(Array.of(read).toDoubles()).isEqualTo(ofX);
        Tensor kept = grad((Tensor x) -> x.with(taken.index(), weights).sum()).apply(X);
        assertThat(Array.of(kept).toDoubles()).isEqualTo(others);
        Tensor put = grad((Tensor v) -> X.with(taken.index(), v).sum()).apply(weights);
        assertThat(Array.of(put).toDoubles()).isEqualTo(ofValue);
    }

    @ParameterizedTest
    @MethodSource("numpy")
    void batchesLikeALoop(Taken taken) {
        Array two = Array.of(Tensor.stack(0, List.of(X, X.neg())));
        Tensor read = vmap((Tensor x) -> read(x, taken)).apply(two);
        assertThat(read).isEqualTo(Tensor.stack(0, List.of(read(X, taken), read(X.neg(), taken))));
        Array value = counting(100, taken.shape());
        Tensor written = vmap((Tensor x) -> x.with(taken.index(), value)).apply(two);
        Tensor loop =
                Tensor.stack(0, List.of(X.with(taken.index(), value), X.neg().with(taken.index(), value)));
        assertThat(written).isEqualTo(loop);
    }

    @Test
    void indicesMayBeTraced() {
        Array indices = Array.of(Array.of(2, -1, 0, 1).reshape(2, 2));
        Tensor rows = vmap((Tensor i) -> X.at(all(), Index.of(i), Index.of(0))).apply(indices);
        assertThat(Array.of(rows).toDoubles()).containsExactly(8, 8, 20, 20, 0, 4, 12, 16);
    }

    @Test
    void scalarsHaveIndicesToo() {
        Array seven = Array.scalar(7.0);
        assertThat(Array.of(seven.at()).item()).isEqualTo(7);
        assertThat(seven.at(newAxis(), ellipsis())).isEqualTo(Array.of(7.0));
        assertThat(Array.of(seven.with(ellipsis(), 3)).item()).isEqualTo(3);
    }

    @Test
    void otherCombinationsThanSumsAndReplacements() {
        Tensor y = Array.of(1.0, 5, 3).with(Combine.MAX, at(Index.of(Array.of(0, 1, 0))), Array.of(2.0, 4, 3));
        assertThat(y).isEqualTo(Array.of(3.0, 5, 3));
        assertThat(Array.of(1.0, 5, 3).with(Index.of(-1), 8)).isEqualTo(Array.of(1.0, 5, 8));
    }

    @Test
    void indicesOutsideTheirAxisAreNamed() {
        assertThatThrownBy(() -> X.at(all(), Index.of(3)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("at: index 3 is outside axis 1 of f64[2,3,4], whose extent is 3");
        assertThatThrownBy(() -> X.at(Index.of(-3)))
                .hasMessage("at: index -3 is outside axis 0 of f64[2,3,4], whose extent is 2");
        assertThatThrownBy(() -> X.at(all(), Index.of(Array.of(0, 3))))
                .hasMessage("gather: index 3 is outside axis 1 of extent 3");
        assertThatThrownBy(() -> X.at(all(), Index.of(Array.of(0, -4))))
                .hasMessage("gather: index -4 is outside axis 1 of extent 3");
        assertThatThrownBy(() -> X.with(at(all(), all(), Index.of(Array.of(4))), Array.scalar(0.0)))
                .hasMessage("scatter: index 4 is outside axis 2 of extent 4");
    }

    @Test
    void wrongIndicesAreRefused() {
        assertThatThrownBy(() -> X.at(Index.of(0), Index.of(0), Index.of(0), Index.of(0)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("at: 4 indices for the 3 axes of f64[2,3,4]");
        assertThatThrownBy(() -> X.at(ellipsis(), ellipsis())).hasMessage("at: an index has at most one ellipsis");
        assertThatThrownBy(() -> step(0))
                .hasMessage("a range of indices steps by at least 1 in either direction, not by 0");
        assertThatThrownBy(() -> X.at(Index.of(Array.of(1.0))))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage(
                        "at: f64[2,3,4] and f64[1]: an index is of integers or booleans; convert with i.to(DType.I64)");
        assertThatThrownBy(() -> X.at(Index.of(Array.of(true, false, true))))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage(
                        "at: f64[2,3,4] and bool[3]: the mask has extent 3 along its axis 0, the tensor 2 along axis 0");
        assertThatThrownBy(() -> X.at(Index.of(Array.scalar(DType.BOOL, 1))))
                .hasMessage("at: a mask has at least one axis; for a choice between tensors write mask.where(x, y)");
        assertThatThrownBy(() -> X.at(Index.of(ONE_ZERO), Index.of(Array.of(1, 0, 2))))
                .hasMessage("gather: i64[2] and i64[3]: extents along axis -1 must be equal or 1, not 2 and 3");
        assertThatThrownBy(() -> X.with(Index.of(0), Array.of(1.0, 2, 3)))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage(
                        "with: f64[2,3,4] and f64[3]: the value cannot be repeated to the shape [3,4] of what the index"
                                + " selects");
        assertThatThrownBy(() -> X.with(Index.of(0), Array.scalar(1f)))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessageEndingWith("updates must have the same element type; convert with u.to(DType.F64)");
    }

    @Test
    void aTracedMaskIsRefusedWithTheReason() {
        assertThatThrownBy(
                        () -> grad((Tensor x) -> x.at(Index.of(x.gt(0))).sum()).apply(X))
                .isInstanceOf(NotComputed.class)
                .hasMessage(
                        "at: how many elements are chosen depends on the numbers of bool[2,3,4], which are not known"
                                + " while a function is traced, and the shapes of a graph must be. Compute it outside, or keep the"
                                + " shape: mask.where(x, y)");
    }

    @Test
    void nonzeroNamesThePlaces() {
        Array x = Array.of(new double[][] {{0, 3, 0}, {Double.NaN, 0, -1}});
        assertThat(x.nonzero()).containsExactly(Array.of(0L, 1, 1), Array.of(1L, 0, 2));
    }
}
