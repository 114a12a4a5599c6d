package dev.adjoint.op.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The normal tail against published values and against itself.
class StandardNormalTest {
    /// Tables of the normal distribution.
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.15865525393145707",
        "2, 0.022750131948179209",
        "3, 0.0013498980316300946",
        "6, 9.8658764503769814e-10",
        "-1, 0.84134474606854293",
        "10, 7.6198530241605261e-24"
    })
    void tailsAreThoseOfTheTables(double x, double tail) {
        assertThat(StandardNormal.tail(x) / tail).isCloseTo(1, within(4e-15));
    }

    @ParameterizedTest
    @CsvSource({
        "0.025, 1.959963984540054",
        "0.05, 1.6448536269514722",
        "0.01, 2.3263478740408408",
        "0.001, 3.0902323061678132",
        "0.25, 0.67448975019608171"
    })
    void quantilesAreThoseOfTheTables(double p, double x) {
        assertThat(StandardNormal.tailQuantile(p)).isCloseTo(x, within(4e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.4999999, 0.45, 0.1, 0.0668, 1e-5, 1e-20, 1e-200, 1e-307})
    void quantilesUndoTails(double p) {
        double x = StandardNormal.tailQuantile(p);
        // A relative change of the tail is x times one of x, and x carries half a unit of rounding.
        assertThat(StandardNormal.tail(x) / p).isCloseTo(1, within(1e-15 * (4 + x * x)));
    }

    @Test
    void seriesAndFractionMeet() {
        double below = StandardNormal.tail(Math.nextDown(1.5));
        assertThat(below / StandardNormal.tail(1.5)).isCloseTo(1, within(1e-14));
        assertThat(StandardNormal.tail(Double.POSITIVE_INFINITY)).isZero();
        assertThat(StandardNormal.tail(Double.NEGATIVE_INFINITY)).isEqualTo(1);
    }
}
