package dev.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;

/// What tests ask of numbers.
final class TestNumbers {
    private TestNumbers() {}

    /// @throws AssertionError naming the first number that is infinite or NaN
    static void finite(double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            assertThat(numbers[i]).as("element %d", i).isFinite();
        }
    }
}
