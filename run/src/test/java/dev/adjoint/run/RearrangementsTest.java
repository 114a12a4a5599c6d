package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// The results that NumPy's documentation shows or defines for the functions of the same names.
class RearrangementsTest {
    private static final Array NINE = Array.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});

    @Test
    void rollBringsBackWhatLeaves() {
        assertThat(Array.of(0, 1, 2, 3, 4).roll(0, 2)).isEqualTo(Array.of(3, 4, 0, 1, 2));
        assertThat(Array.of(0, 1, 2, 3, 4).roll(-1, -7)).isEqualTo(Array.of(2, 3, 4, 0, 1));
    }

    @Test
    void tileRepeatsTheWholeAndRepeatEachSlice() {
        assertThat(Array.of(0, 1, 2).tile(0, 2)).isEqualTo(Array.of(0, 1, 2, 0, 1, 2));
        assertThat(Array.of(0, 1, 2).repeat(0, 2)).isEqualTo(Array.of(0, 0, 1, 1, 2, 2));
        assertThatThrownBy(() -> NINE.tile(0, 0)).hasMessage("tile: a tensor is repeated at least once, not 0 times");
    }

    @Test
    void splitAndUnstackTakeApart() {
        assertThat(Array.of(0, 1, 2, 3, 4).split(0, 2, 3)).containsExactly(Array.of(0, 1), Array.of(2, 3, 4));
        assertThat(NINE.unstack(1))
                .containsExactly(Array.of(1.0, 4.0, 7.0), Array.of(2.0, 5.0, 8.0), Array.of(3.0, 6.0, 9.0));
        assertThatThrownBy(() -> NINE.split(0, 2, 2))
                .hasMessage("split: the parts have 4 slices together, axis 0 of f64[3,3] has 3");
    }

    @Test
    void trianglesAndTheTrace() {
        assertThat(NINE.tril(0)).isEqualTo(Array.of(new double[][] {{1, 0, 0}, {4, 5, 0}, {7, 8, 9}}));
        assertThat(NINE.tril(-1)).isEqualTo(Array.of(new double[][] {{0, 0, 0}, {4, 0, 0}, {7, 8, 0}}));
        assertThat(NINE.triu(1)).isEqualTo(Array.of(new double[][] {{0, 2, 3}, {0, 0, 6}, {0, 0, 0}}));
        assertThat(Array.of(NINE.trace()).item()).isEqualTo(15);
        Tensor slope = grad(Tensor::trace).apply(NINE);
        assertThat(slope).isEqualTo(Array.of(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}));
        assertThatThrownBy(() -> Array.of(1.0).tril(0)).hasMessage("a triangle needs a matrix, not f64[1]");
    }

    @Test
    void varianceHasACorrection() {
        Array x = Array.of(new double[][] {{1, 2}, {3, 4}});
        assertThat(Array.of(x.variance(Axes.all(), 0)).item()).isEqualTo(1.25);
        assertThat(Array.of(x.variance(Axes.of(0), 1)).toDoubles()).containsExactly(2, 2);
        assertThat(Array.of(x.standardDeviation(Axes.all(), 0)).item()).isCloseTo(1.118033988749895, within(1e-15));
        assertThat(Array.of(Array.of(3.0).variance(Axes.all(), 1)).item()).isNaN();
        // A mean of 10⁹ costs no digits
        assertThat(Array.of(Array.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16).variance(Axes.all(), 1))
                        .item())
                .isEqualTo(30);
    }

    @Test
    void negativeStepsGoDown() {
        Array x = Array.of(0, 1, 2, 3, 4, 5);
        assertThat(x.slice(0, 4, 1, -2)).isEqualTo(Array.of(4, 2));
        assertThat(x.slice(0, -1, -7, -1)).isEqualTo(Array.of(5, 4, 3, 2, 1, 0));
        assertThat(x.slice(0, 5, -7, -5)).isEqualTo(Array.of(5, 0));
        assertThat(x.slice(0, 2, 4, -1).shape()).isEqualTo(Shape.of(0));
        assertThat(grad((Tensor t) -> t.slice(0, 2, -4, -1)
                                .mul(Array.of(1.0, 10, 100))
                                .sum())
                        .apply(Array.of(7.0, 8, 9)))
                .isEqualTo(Array.of(100.0, 10, 1));
        assertThatThrownBy(() -> x.slice(0, 6, 1, -1))
                .hasMessage("slice: the range from 6 down to 1 leaves axis 0 of i32[6]");
        assertThatThrownBy(() -> x.slice(0, 3, 1, 0))
                .hasMessage("slice: the step is at least 1 in either direction, not 0");
    }

    @Test
    void chunksHaveEqualExtentsButForTheLast() {
        assertThat(Array.of(0, 1, 2, 3, 4).chunk(0, 3)).containsExactly(Array.of(0, 1), Array.of(2, 3), Array.of(4));
        assertThat(Array.of(0, 1, 2, 3).chunk(0, 3)).containsExactly(Array.of(0, 1), Array.of(2, 3));
        assertThat(Array.zeros(DType.I32, 0).chunk(0, 2)).containsExactly(Array.zeros(DType.I32, 0));
        assertThatThrownBy(() -> NINE.chunk(0, 0)).hasMessage("chunk: a tensor has at least one part, not 0");
    }

    @Test
    void diagonalsComeOutAndGoIn() {
        assertThat(NINE.diagonal()).isEqualTo(Array.of(1.0, 5, 9));
        assertThat(NINE.diagonal(1, 0, 1)).isEqualTo(Array.of(2.0, 6));
        assertThat(NINE.diagonal(1, 1, 0)).isEqualTo(Array.of(4.0, 8));
        assertThat(NINE.diagonal(-2, 0, 1)).isEqualTo(Array.of(7.0));
        assertThat(NINE.diagonal(4, 0, 1).shape()).isEqualTo(Shape.of(0));
        Tensor boxes = Array.zeros(DType.F32, 2, 5, 3, 4);
        assertThat(boxes.diagonal(0, 1, 3).shape()).isEqualTo(Shape.of(2, 3, 4));
        Array two = Array.of(3.0, 4);
        assertThat(two.diagonalMatrix()).isEqualTo(Array.of(new double[][] {{3, 0}, {0, 4}}));
        assertThat(two.diagonalMatrix(1)).isEqualTo(Array.of(new double[][] {{0, 3, 0}, {0, 0, 4}, {0, 0, 0}}));
        assertThat(two.diagonalMatrix(-1)).isEqualTo(two.diagonalMatrix(1).mT());
        assertThat(NINE.diagonalMatrix().diagonal()).isEqualTo(NINE);
        assertThat(grad((Tensor t) -> t.diagonalMatrix()
                                .mul(Array.of(new double[][] {{1, 2}, {3, 4}}))
                                .sum())
                        .apply(two))
                .isEqualTo(Array.of(1.0, 4));
        assertThatThrownBy(() -> NINE.diagonal(0, 1, -1)).hasMessage("diagonal: axis 1 of f64[3,3] is given twice");
        assertThatThrownBy(() -> Array.scalar(1.0).diagonalMatrix())
                .hasMessage("diagonalMatrix: f64[] has no axis to put on a diagonal");
    }

    @Test
    void gridsOfCoordinates() {
        assertThat(Tensor.meshgrid(Array.of(1, 2), Array.of(3, 4, 5)))
                .containsExactly(
                        Array.of(1, 1, 1, 2, 2, 2).reshape(2, 3),
                        Array.of(3, 4, 5, 3, 4, 5).reshape(2, 3));
        assertThat(Tensor.meshgrid()).isEmpty();
        assertThatThrownBy(() -> Tensor.meshgrid(NINE)).hasMessage("meshgrid: f64[3,3]: needs vectors");
    }
}
