package dev.adjoint.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PolarCoordinatesTest {
    private final Printed printed = Printed.by(PolarCoordinates::main);

    /// cos π/6 = √3/2 and sin π/6 = 1/2, printed with eight digits.
    @Test
    void onePoint() {
        double root = Math.sqrt(3);
        check("p(2, pi/6) = ", root, 1);
        check("J times (0, 1), the second column = ", -1, root);
        check("J^T times (1, 0), the first row = ", root / 2, -1);
        check("J =", root / 2, -1, 0.5, root);
    }

    /// At θ = 0, π/2 and π with r = 1, 2, 3.
    @Test
    void threePoints() {
        check("p at three points =", 1, 0, 0, 2, -3, 0);
        check("J at three points =", 1, 0, 0, 1, 0, -2, 1, 0, -1, 0, 0, -3);
        check("gradient of the sum of coordinates at three points =", 1, 1, 1, -2, -1, -3);
    }

    private void check(String label, double... expected) {
        assertThat(printed.numbers(label)).containsExactly(expected, within(1e-7));
    }
}
