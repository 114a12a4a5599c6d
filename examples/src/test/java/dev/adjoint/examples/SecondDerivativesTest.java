package dev.adjoint.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.GraphText;
import dev.adjoint.run.Array;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecondDerivativesTest {
    private final Printed printed = Printed.by(SecondDerivatives::main);

    @Test
    void derivativesOfTheSine() {
        double[] expected = {Math.sin(0.5), Math.cos(0.5), -Math.sin(0.5), -Math.cos(0.5), Math.sin(0.5)};
        for (int order = 0; order < expected.length; order++) {
            assertThat(printed.number("derivative " + order + " of sin at 0.5 = "))
                    .isEqualTo(expected[order], within(1e-12));
        }
    }

    /// The printed text is a graph: it parses, and computes −sin x.
    @Test
    void theGradientOfTheGradientIsAGraph() {
        String text = printed.text();
        Graph second = GraphText.parse(
                text.substring(text.indexOf("graph ("), text.indexOf("Hessian")).strip());
        Array result = Array.of(second.apply(List.of(Array.scalar(0.7))).getFirst());
        assertThat(result.item()).isEqualTo(-Math.sin(0.7), within(1e-15));
    }

    /// H = (1200x² − 400y + 2, −400x; −400x, 200) at (−1.2, 1).
    @Test
    void hessianOfRosenbrocksFunction() {
        assertThat(printed.numbers("Hessian of Rosenbrock's function at (-1.2, 1) ="))
                .containsExactly(new double[] {1330, 480, 480, 200}, within(1e-9));
    }

    @Test
    void hessianVectorProducts() {
        for (String way : List.of("as a product", "without the matrix", "by the formula")) {
            assertThat(printed.numbers("times (1, 2), " + way + " = "))
                    .containsExactly(new double[] {1330 + 2 * 480, 480 + 2 * 200}, within(1e-9));
        }
    }
}
