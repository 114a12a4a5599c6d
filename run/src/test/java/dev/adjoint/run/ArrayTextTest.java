package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import org.junit.jupiter.api.Test;

/// The texts before the type are what `print` of NumPy 2 shows for the same numbers.
class ArrayTextTest {
    @Test
    void pointsStandBelowEachOther() {
        assertThat(Array.of(new float[][] {{1, 2}, {3, 4.5f}})).hasToString("[[1.  2. ]\n [3.  4.5]] f32[2,2]");
        assertThat(Array.of(-1.5, 22.25, 0)).hasToString("[-1.5  22.25  0.  ] f64[3]");
    }

    @Test
    void atMostEightDigitsBehindThePoint() {
        assertThat(Array.of(1 / 3.0, 2 / 3.0)).hasToString("[0.33333333 0.66666667] f64[2]");
        assertThat(Array.of(Math.PI)).hasToString("[3.14159265] f64[1]");
        assertThat(Array.of(0.1f, 0.2f)).hasToString("[0.1 0.2] f32[2]");
    }

    @Test
    void powersOfTenWherePlainDigitsWouldBeLost() {
        assertThat(Array.of(1e10, 1)).hasToString("[1.e+10 1.e+00] f64[2]");
        assertThat(Array.of(1e-5, 1.5)).hasToString("[1.0e-05 1.5e+00] f64[2]");
        assertThat(Array.of(1.0, -2000.5)).hasToString("[ 1.0000e+00 -2.0005e+03] f64[2]");
        assertThat(Array.of(0.0, 1e-300)).hasToString("[0.e+000 1.e-300] f64[2]");
    }

    @Test
    void specialNumbers() {
        assertThat(Array.of(1.5, Double.NaN, Double.POSITIVE_INFINITY)).hasToString("[1.5 nan inf] f64[3]");
        assertThat(Array.of(Float.NEGATIVE_INFINITY, -0f)).hasToString("[-inf  -0.] f32[2]");
    }

    @Test
    void wholeNumbersAndTruth() {
        assertThat(Array.of(1, -20, 300)).hasToString("[  1 -20 300] i32[3]");
        assertThat(Array.of(true, false)).hasToString("[ True False] bool[2]");
    }

    @Test
    void scalarsAndNothing() {
        assertThat(Array.scalar(2.5)).hasToString("2.5 f64[]");
        assertThat(Array.of(new float[0])).hasToString("[] f32[0]");
    }

    @Test
    void planesAreSeparatedByAnEmptyLine() {
        assertThat(Array.of(Array.of(1, 2, 3, 4).reshape(2, 1, 2))).hasToString("[[[1 2]]\n\n [[3 4]]] i32[2,1,2]");
    }

    @Test
    void theMiddleOfALargeArrayIsLeftOut() {
        Array line = Array.of(Array.scalar(0f).create(new Iota(TensorType.of(DType.I32, 1001), 0)));
        assertThat(line).hasToString("[   0    1    2 ...  998  999 1000] i32[1001]");
        Array plane = Array.of(Array.of(Array.scalar(0f).create(new Iota(TensorType.of(DType.I64, 10_000), 0)))
                .reshape(100, 100));
        assertThat(plane).hasToString("""
                [[   0    1    2 ...   97   98   99]
                 [ 100  101  102 ...  197  198  199]
                 [ 200  201  202 ...  297  298  299]
                 ...
                 [9700 9701 9702 ... 9797 9798 9799]
                 [9800 9801 9802 ... 9897 9898 9899]
                 [9900 9901 9902 ... 9997 9998 9999]] i64[100,100]""");
    }
}
