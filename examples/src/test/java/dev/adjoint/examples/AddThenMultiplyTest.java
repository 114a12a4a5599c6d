package dev.adjoint.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddThenMultiplyTest {
    private final Printed printed = Printed.by(AddThenMultiply::main);

    @Test
    void valueAndGradients() {
        assertThat(printed.number("f = ")).isEqualTo(-12);
        assertThat(printed.number("df/dx = ")).isEqualTo(-4);
        assertThat(printed.number("df/dy = ")).isEqualTo(-4);
        assertThat(printed.number("df/dz = ")).isEqualTo(3);
    }

    @Test
    void theCircuitHasTwoGates() {
        assertThat(printed.text()).contains("= add x y\n", "= mul a z\n");
    }
}
