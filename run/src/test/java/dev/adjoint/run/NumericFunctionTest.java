package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumericFunctionTest {
    /// Two numbers.
    public record Point(Tensor x, Tensor y) {}

    private static Point point(DType dtype, double x, double y) {
        return new Point(Array.scalar(dtype, x), Array.scalar(dtype, y));
    }

    private static Tensor f(Point p) {
        Tensor sum = p.x.add(p.y);
        return p.x.add(p.y.sigmoid()).div(p.x.sigmoid().add(sum.mul(sum)));
    }

    @Test
    void aGradientAgainstDifferences() {
        Compiled<Point, Tensor> value = Compiled.of(NumericFunctionTest::f);
        Compiled<Point, Point> gradient =
                Compiled.of(p -> grad(NumericFunctionTest::f).apply(p));
        Point example = point(DType.F64, 0, 0);
        NumericFunction f = value.numeric(example);
        NumericFunction df = gradient.numeric(example);
        assertThat(df).isNotInstanceOf(NumericByTensors.class);
        Random random = new Random(3);
        double step = 1e-6;
        for (int i = 0; i < 100; i++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            double[] found = df.apply(x, y);
            double byX = (f.apply(x + step, y)[0] - f.apply(x - step, y)[0]) / (2 * step);
            double byY = (f.apply(x, y + step)[0] - f.apply(x, y - step)[0]) / (2 * step);
            assertThat(found).containsExactly(new double[] {byX, byY}, within(1e-5 * (1 + Math.abs(byX))));
        }
    }

    /// Every element type, with constants, comparisons and conversions.
    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"F64", "F32", "BF16", "F16"})
    void theBitsOfTheCompiledFunction(DType dtype) {
        Function<Point, List<Tensor>> f = p -> List.of(
                p.x.mul(3.7).sin().add(p.y.exp()),
                p.x.gt(p.y),
                p.x.maximum(p.y).to(DType.I32).add(2),
                p.x.mul(p.y).relu().to(DType.F32).tanh(),
                p.y);
        Compiled<Point, List<Tensor>> compiled = Compiled.of(f);
        NumericFunction numeric = compiled.numeric(point(dtype, 0, 0));
        assertThat(numeric).isNotInstanceOf(NumericByTensors.class);
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            double x = 3 * random.nextGaussian();
            double y = i == 7 ? Double.NaN : 2 * random.nextGaussian();
            double[] expected = compiled.apply(point(dtype, x, y)).stream()
                    .mapToDouble(t -> Array.of(t).item())
                    .toArray();
            assertThat(numeric.apply(x, y)).containsExactly(expected);
        }
    }

    @Test
    void tensorsOfManyNumbersGoTensorAfterTensor() {
        Compiled<Point, Point> compiled = Compiled.of(p -> new Point(p.x.matmul(p.y), p.y.sum()));
        Point example = new Point(Array.zeros(DType.F64, 1, 2), Array.zeros(DType.F64, 2, 2));
        NumericFunction numeric = compiled.numeric(example);
        assertThat(numeric.results()).isEqualTo(3);
        assertThat(numeric.apply(1, 2, 3, 4, 5, 6)).containsExactly(1 * 3 + 2 * 5, 1 * 4 + 2 * 6, 18);
    }

    @Test
    void resultsMayTakeThePlaceOfArguments() {
        NumericFunction swap =
                Compiled.of((Point p) -> new Point(p.y, p.x.add(p.y))).numeric(point(DType.F64, 0, 0));
        double[] both = {2, 3};
        swap.apply(both, both);
        assertThat(both).containsExactly(3, 5);
    }

    @Test
    void theWrongNumberOfNumbersIsRefused() {
        Compiled<Point, Tensor> f = Compiled.of(NumericFunctionTest::f);
        for (NumericFunction numeric : List.of(
                f.numeric(point(DType.F64, 0, 0)),
                Compiled.of(NumericFunctionTest::f, Kernels.reference()).numeric(point(DType.F64, 0, 0)))) {
            assertThatThrownBy(() -> numeric.apply(1, 2, 3))
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessage("a function of 2 numbers with 1 results was called with 3 numbers and room for 1");
            assertThat(numeric.apply(0.5, 1)[0]).isEqualTo(0.428573, within(1e-6));
        }
    }
}
