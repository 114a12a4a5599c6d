package dev.adjoint.examples;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigmoidNeuronTest {
    private final Printed printed = Printed.by(SigmoidNeuron::main);

    /// The numbers of the lecture notes, for both ways.
    @ParameterizedTest
    @CsvSource({"f, 0.73", "w0, -0.20", "x0, 0.39", "w1, -0.39", "x1, -0.59", "w2, 0.20"})
    void publishedNumbers(String name, double published) {
        double[] both = printed.numbers(name + " ");
        assertThat(both).hasSize(2);
        assertThat(both[0]).isEqualTo(published, within(0.005));
        assertThat(both[1]).isEqualTo(published, within(0.005));
    }

    /// σ′(1)·(x₀, w₀, x₁, w₁, 1) with σ′(1) = e⁻¹/(1 + e⁻¹)².
    @Test
    void separateGatesAndTheFusedGateHaveTheGradientsOfTheClosedForm() {
        double slope = Math.exp(-1) / Math.pow(1 + Math.exp(-1), 2);
        double[] expected = {-slope, 2 * slope, -2 * slope, -3 * slope, slope};
        var at = new SigmoidNeuron.Neuron(
                Array.scalar(2.0), Array.scalar(-1.0), Array.scalar(-3.0), Array.scalar(-2.0), Array.scalar(-3.0));
        assertThat(numbers(grad(SigmoidNeuron::separateGates).apply(at))).containsExactly(expected, within(1e-15));
        assertThat(numbers(grad(SigmoidNeuron::fusedGate).apply(at))).containsExactly(expected, within(1e-15));
    }

    private static double[] numbers(SigmoidNeuron.Neuron neuron) {
        return Tree.leaves(neuron).stream().mapToDouble(t -> Array.of(t).item()).toArray();
    }

    @Test
    void printsOneRowForEveryArgument() {
        assertThat(printed.text().lines().skip(2).map(line -> line.substring(0, 2)))
                .isEqualTo(List.of("w0", "x0", "w1", "x1", "w2"));
    }
}
