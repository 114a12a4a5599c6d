package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.spatial.GridSampling;
import dev.adjoint.tensor.spatial.GridSampling.Outside;
import dev.adjoint.tensor.spatial.Interpolation;
import dev.adjoint.tensor.spatial.Interpolation.Coordinates;
import dev.adjoint.tensor.spatial.Interpolation.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Interpolation against PyTorch's documented results and against closed forms.
class ResamplingsTest {
    private static final Array SQUARE = Array.of(new double[][] {{1, 2}, {3, 4}});
    private static final Interpolation CORNERS = Interpolation.linear().withCoordinates(Coordinates.ALIGN_CORNERS);

    private static void close(Tensor actual, double[][] expected) {
        Array rows = Array.of(expected);
        assertThat(actual.shape()).isEqualTo(rows.shape());
        assertThat(Array.of(actual).toDoubles()).containsExactly(rows.toDoubles(), within(1e-12));
    }

    /// The examples of `torch.nn.Upsample`.
    @Test
    void bilinear() {
        close(SQUARE.resize(Shape.of(4, 4), Interpolation.linear()), new double[][] {
            {1, 1.25, 1.75, 2}, {1.5, 1.75, 2.25, 2.5}, {2.5, 2.75, 3.25, 3.5}, {3, 3.25, 3.75, 4}
        });
        double t = 1 / 3.0;
        close(SQUARE.resize(Shape.of(4, 4), CORNERS), new double[][] {
            {1, 1 + t, 1 + 2 * t, 2},
            {1 + 2 * t, 2, 2 + t, 2 + 2 * t},
            {2 + t, 2 + 2 * t, 3, 3 + t},
            {3, 3 + t, 3 + 2 * t, 4}
        });
    }

    @Test
    void nearest() {
        close(
                SQUARE.resize(Shape.of(4, 4), Interpolation.nearest()),
                new double[][] {{1, 1, 2, 2}, {1, 1, 2, 2}, {3, 3, 4, 4}, {3, 3, 4, 4}});
        Array five = Array.of(0, 1, 2, 3, 4);
        Interpolation exact = Interpolation.nearest().withCoordinates(Coordinates.HALF_PIXEL);
        // ⌊i·5/3⌋ and ⌊(i + ½)·5/3⌋
        assertThat(five.resize(Shape.of(3), Interpolation.nearest())).isEqualTo(Array.of(0, 1, 3));
        assertThat(five.resize(Shape.of(3), exact)).isEqualTo(Array.of(0, 2, 4));
        assertThat(five.resize(Shape.of(8), Interpolation.nearest())).isEqualTo(Array.of(0, 0, 1, 1, 2, 3, 3, 4));
        Interpolation corners = Interpolation.nearest().withCoordinates(Coordinates.ALIGN_CORNERS);
        // ⌊i·4/6 + ½⌋
        assertThat(five.resize(Shape.of(7), corners)).isEqualTo(Array.of(0, 1, 1, 2, 3, 3, 4));
        assertThat(five.resize(Shape.of(1), corners)).isEqualTo(Array.of(0));
    }

    /// The response to a single 1 is the kernel: at distances ¼, ¾, 1¼ and 1¾ for twice the extent.
    @Test
    void bicubicHasTheKernelOfPyTorch() {
        Array impulse = Array.of(0.0, 0, 0, 1, 0, 0, 0);
        double[] kernel = {-0.03515625, -0.10546875, 0.26171875, 0.87890625};
        Tensor wide = impulse.resize(Shape.of(14), Interpolation.cubic());
        double[] expected = {
            0, 0, 0, kernel[0], kernel[1], kernel[2], kernel[3], kernel[3], kernel[2], kernel[1], kernel[0], 0, 0, 0
        };
        // Position i lies at i/2 − ¼: 6 at 2¾, 7 at 3¼
        assertThat(Array.of(wide).toDoubles()).containsExactly(expected, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(Coordinates.class)
    void weightsAddUpToOne(Coordinates coordinates) {
        Tensor ones = Array.zeros(DType.F64, 3, 5).add(1);
        for (Method method : Method.values()) {
            Interpolation each = new Interpolation(method, coordinates);
            for (long extent : new long[] {1, 2, 4, 7, 16}) {
                Tensor y = ones.resize(Shape.of(extent), each);
                assertThat(y.shape()).isEqualTo(Shape.of(3, extent));
                assertThat(Array.of(y.sub(1).abs().max()).item()).isLessThan(1e-14);
            }
        }
    }

    @Test
    void linesStayLinesAwayFromTheEnds() {
        Array line = Array.of(0.0, 1, 2, 3, 4, 5, 6, 7);
        for (Method method : new Method[] {Method.LINEAR, Method.CATMULL_ROM}) {
            for (Coordinates coordinates : Coordinates.values()) {
                Tensor y = line.resize(Shape.of(20), new Interpolation(method, coordinates));
                for (int i = 4; i < 16; i++) {
                    double source = switch (coordinates) {
                        case HALF_PIXEL -> (i + 0.5) * 8 / 20 - 0.5;
                        case ALIGN_CORNERS -> i * 7 / 19.0;
                        case ASYMMETRIC -> i * 8 / 20.0;
                    };
                    assertThat(Array.of(y).get(i)).isCloseTo(source, within(1e-13));
                }
            }
        }
    }

    @Test
    void cornersStayAndTheOwnExtentChangesNothing() {
        Array x = Loops.random(1, 2, 3, 5, 4);
        for (Method method : Method.values()) {
            Tensor y = x.resize(Shape.of(9, 7), new Interpolation(method, Coordinates.ALIGN_CORNERS));
            close(
                    y.slice(2, 0, 9, 8).slice(3, 0, 7, 6).reshape(6, 4),
                    rows(x.slice(2, 0, 5, 4).slice(3, 0, 4, 3).reshape(6, 4)));
            assertThat(x.resize(Shape.of(5, 4), Interpolation.cubic().withMethod(method)))
                    .isEqualTo(x);
        }
    }

    private static double[][] rows(Tensor x) {
        return x.unstack(0).stream().map(row -> Array.of(row).toDoubles()).toArray(double[][]::new);
    }

    @Test
    void aGridOfTheOwnCentresReadsTheTensor() {
        Array x = Loops.random(2, 2, 3, 4, 5);
        for (Coordinates coordinates : new Coordinates[] {Coordinates.HALF_PIXEL, Coordinates.ALIGN_CORNERS}) {
            double[][][] grid = new double[4][5][];
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 5; j++) {
                    grid[i][j] = coordinates == Coordinates.HALF_PIXEL
                            ? new double[] {(2 * j + 1) / 5.0 - 1, (2 * i + 1) / 4.0 - 1}
                            : new double[] {2 * j / 4.0 - 1, 2 * i / 3.0 - 1};
                }
            }
            Tensor points = Tensor.stack(0, Arrays.stream(grid).map(Array::of).toList());
            Tensor both = points.expand(0).repeat(0, 2);
            for (GridSampling options : new GridSampling[] {GridSampling.linear(), GridSampling.nearest()}) {
                Tensor y = x.gridSample(both, options.withCoordinates(coordinates));
                close(y.reshape(30, 4), rows(x.reshape(30, 4)));
            }
        }
    }

    /// f(y, x) of a 2 × 2 image with the value 0 (or the border) outside, by the formula.
    @Test
    void pointsBetweenAndOutside() {
        Tensor image = SQUARE.expand(0).expand(0);
        Array points = Array.of(new double[][] {{0, 0}, {0.5, -0.5}, {-1, -1}, {1.5, 0.5}, {0, 9}, {-0.25, 0.25}});
        Tensor grid = points.reshape(1, 6, 2);
        GridSampling half = GridSampling.linear();
        // In elements: (½,½), (1,0), (−½,−½), (2,1), (½,9½), (¼,¾) as (x,y)
        close(image.gridSample(grid, half).reshape(1, 6), new double[][] {{2.5, 2, 0.25, 0, 0, 2.75}});
        close(
                image.gridSample(grid, half.withOutside(Outside.BORDER)).reshape(1, 6),
                new double[][] {{2.5, 2, 1, 4, 3.5, 2.75}});
        GridSampling corners = half.withCoordinates(Coordinates.ALIGN_CORNERS);
        // In elements: (½,½), (¾,¼), (0,0), (1¼,¾), (½,5), (⅜,⅝)
        close(image.gridSample(grid, corners).reshape(1, 6), new double[][] {{2.5, 2.25, 1, 0.75 * 3.5, 0, 2.625}});
        // Halves go to the even neighbour: (0,0), (1,0), (−0,−0), (2,1), (0,10), (0,1)
        close(image.gridSample(grid, half.withMethod(Method.NEAREST)).reshape(1, 6), new double[][] {{1, 2, 1, 0, 0, 3}
        });
    }

    @Test
    void trilinearReproducesLinearFunctions() {
        double[] values = new double[3 * 4 * 5];
        Shape volume = Shape.of(3, 4, 5);
        Loops.over(volume, at -> values[Loops.place(volume, at)] = 1 + 2 * at[0] - 3 * at[1] + 0.5 * at[2]);
        Tensor x = Array.of(values).reshape(1, 1, 3, 4, 5);
        Array grid = Loops.random(3, 1, 6, 3);
        Tensor y = x.gridSample(grid, GridSampling.linear().withCoordinates(Coordinates.ALIGN_CORNERS));
        for (int p = 0; p < 6; p++) {
            double depth = grid.get(0, p, 2) + 1;
            double row = (grid.get(0, p, 1) + 1) * 1.5;
            double column = (grid.get(0, p, 0) + 1) * 2;
            assertThat(Array.of(y).get(0, 0, p)).isCloseTo(1 + 2 * depth - 3 * row + 0.5 * column, within(1e-12));
        }
    }

    @Test
    void errorsSayWhatFits() {
        assertThatThrownBy(() -> SQUARE.resize(Shape.of(1, 2, 3), Interpolation.linear()))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("resize: f64[2,2]: needs 3 axes with elements to resize to [1,2,3]");
        assertThatThrownBy(() -> Array.of(1, 2).resize(Shape.of(3), Interpolation.linear()))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage(
                        "resize: i32[2]: values between elements need a floating type; convert with x.to(DType.F32), or"
                                + " take Interpolation.nearest()");
        assertThatThrownBy(() -> SQUARE.gridSample(SQUARE, GridSampling.linear()))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage(
                        "gridSample: f64[2,2] and f64[2,2]: needs batch, channels and spatial axes with elements, and a"
                                + " grid of the same floating type and batch with a coordinate for every spatial axis along its"
                                + " last axis");
        assertThatThrownBy(() -> GridSampling.linear().withMethod(Method.CUBIC))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("gridSample reads NEAREST or LINEAR, not CUBIC");
        assertThatThrownBy(() -> GridSampling.linear().withCoordinates(Coordinates.ASYMMETRIC))
                .hasMessage("gridSample has the coordinates HALF_PIXEL or ALIGN_CORNERS, not ASYMMETRIC");
    }
}
