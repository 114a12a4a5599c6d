package dev.adjoint.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedFunctionTest {
    private final Printed printed = Printed.by(StagedFunction::main);

    /// Computed with 30 digits by mpmath, the derivatives by its numerical `diff`, and rounded to double.
    @ParameterizedTest
    @ValueSource(strings = {"by hand", "by library"})
    void equalsTheValuesComputedWithThirtyDigits(String way) {
        assertThat(printed.number("f " + way + " = ")).isEqualTo(1.5456448841066441, within(1e-12));
        assertThat(printed.number("df/dx " + way + " = ")).isEqualTo(2.059569795572165, within(1e-12));
        assertThat(printed.number("df/dy " + way + " = ")).isEqualTo(1.5922327514838093, within(1e-12));
    }

    @Test
    void compiledItIsTheSameGradient() {
        assertThat(printed.number("df/dx compiled = ")).isEqualTo(2.059569795572165, within(1e-12));
        assertThat(printed.number("df/dy compiled = ")).isEqualTo(1.5922327514838093, within(1e-12));
    }
}
