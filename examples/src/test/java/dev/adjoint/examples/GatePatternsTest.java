package dev.adjoint.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatePatternsTest {
    private final Printed printed = Printed.by(GatePatterns::main);

    /// Upstream gradient 2 into gates on 3 and −4.
    @Test
    void patterns() {
        assertThat(printed.numbers("add distributes: ")).containsExactly(2, 2);
        assertThat(printed.numbers("mul swaps: ")).containsExactly(2 * -4, 2 * 3);
        assertThat(printed.numbers("max routes: ")).containsExactly(2, 0);
        assertThat(printed.numbers("max at a tie: ")).containsExactly(1, 1);
        assertThat(printed.number("copy sums: ")).isEqualTo(2 + 5);
    }

    /// The circuit of the lecture notes.
    @Test
    void publishedCircuit() {
        assertThat(printed.number("2(xy + max(z, w)) = ")).isEqualTo(-20);
        assertThat(printed.numbers("gradients of x, y, z, w: ")).containsExactly(-8, 6, 2, 0);
    }
}
