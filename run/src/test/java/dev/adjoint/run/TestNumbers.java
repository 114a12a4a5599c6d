package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;

/// Arrays of test numbers that belong to a seed.
final class TestNumbers {
    private TestNumbers() {}

    /// Standard normal numbers, f64.
    static Array normal(long seed, long... dims) {
        TensorType type = TensorType.of(DType.F64, dims);
        Elements elements = Elements.allocate(DType.F64, type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, Key.of(seed).normal(i));
        }
        return Array.of(type, elements);
    }

    static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    /// @throws AssertionError naming the first number that is infinite or NaN
    static void finite(double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            assertThat(numbers[i]).as("element %d", i).isFinite();
        }
    }
}
