package dev.adjoint.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitSvgTest {
    private static final String GREEN = "#116329";
    private static final String RED = "#cf222e";

    @Test
    void theWiresOfTheProductCarryTheNumbersOfTheCourseNotes() {
        Picture picture = Picture.of(CircuitSvg.draw(SampleCircuits.product()));
        assertThat(onWires(picture, GREEN)).containsExactlyInAnyOrder("−2.00", "5.00", "−4.00", "3.00", "−12.00");
        assertThat(onWires(picture, RED)).containsExactlyInAnyOrder("−4.00", "−4.00", "3.00", "−4.00", "1.00");
        assertThat(picture.words()).extracting(Picture.Words::text).contains("x", "y", "z", "+", "×");
    }

    @Test
    void theWiresOfTheNeuronCarryTheNumbersOfTheCourseNotes() {
        Picture picture = Picture.of(CircuitSvg.draw(SampleCircuits.neuron()));
        assertThat(onWires(picture, GREEN)).contains("4.00", "1.00", "−1.00", "0.37", "1.37", "0.73");
        assertThat(onWires(picture, RED)).contains("−0.20", "0.39", "−0.39", "−0.59", "0.20", "−0.53", "1.00");
        assertThat(picture.words()).extracting(Picture.Words::text).contains("×−1", "exp", "+1", "1/x");
    }

    /// The value stands right above its gradient, and both stand right of the gate or name.
    @Test
    void valuesStandAboveGradients() {
        List<Picture.Words> words =
                Picture.of(CircuitSvg.draw(SampleCircuits.yardstick())).words();
        List<Picture.Words> values = words.stream()
                .filter(w -> w.fill().equals(GREEN) && !w.text().contains(":"))
                .toList();
        assertThat(values).hasSize(9);
        for (Picture.Words value : values) {
            double middle = (value.area().left() + value.area().right()) / 2;
            assertThat(words)
                    .filteredOn(w -> w.fill().equals(RED))
                    .filteredOn(w -> Math.abs((w.area().left() + w.area().right()) / 2 - middle) < 0.1)
                    .filteredOn(w -> w.area().top() > value.area().bottom())
                    .anyMatch(w -> w.area().top() - value.area().bottom() < 12);
        }
    }

    private static List<String> onWires(Picture picture, String colour) {
        return picture.words().stream()
                .filter(w -> w.fill().equals(colour) && !w.text().contains(":"))
                .map(Picture.Words::text)
                .toList();
    }

    @Test
    void theKnownCircuitsAreLegible() {
        Legibility.check("product", CircuitSvg.draw(SampleCircuits.product()));
        Legibility.check("neuron", CircuitSvg.draw(SampleCircuits.neuron()));
        Legibility.check("yardstick", CircuitSvg.draw(SampleCircuits.yardstick()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 20, 27, 34, 40})
    void randomCircuitsAreLegible(int gates) {
        for (long seed = 0; seed < 8; seed++) {
            String name = "seed " + seed + ", " + gates + " gates";
            Legibility.check(name, CircuitSvg.draw(SampleCircuits.random(seed, gates)));
        }
    }

    @Test
    void theSameCircuitGivesTheSameBytes() {
        assertThat(CircuitSvg.draw(SampleCircuits.random(5, 40)))
                .isEqualTo(CircuitSvg.draw(SampleCircuits.random(5, 40)));
    }

    @Test
    void aVariableUsedTwiceIsOneSourceThatForks() {
        Value x = Value.input("x", TensorType.of(DType.F64));
        Circuit square = Circuit.of(new Graph(List.of(x), List.of(Value.of(x.mul(x)))), Map.of("x", 3.0));
        String svg = CircuitSvg.draw(square);
        assertThat(Picture.of(svg).words())
                .filteredOn(w -> w.text().equals("x"))
                .hasSize(1);
        assertThat(Picture.elements(Picture.parse(svg), "circle")).hasSize(1);
        assertThat(Picture.of(svg).words()).extracting(Picture.Words::text).contains("9.00", "6.00");
        Legibility.check("square", svg);
    }

    @Test
    void namesAreEscaped() {
        String label = "a<b>&\"c'\u0001";
        Value x = Value.input(label, TensorType.of(DType.F64));
        String svg = CircuitSvg.draw(
                Circuit.of(new Graph(List.of(x), List.of(Value.of(x.exp()))), Map.of(label, Double.POSITIVE_INFINITY)));
        assertThat(Picture.of(svg).words()).extracting(Picture.Words::text).contains("a<b>&\"c'\uFFFD", "∞");
        Legibility.check("escaped", svg);
    }

    @Test
    void standsAlone() {
        String svg = CircuitSvg.draw(SampleCircuits.yardstick());
        assertThat(svg).doesNotContain("<script", "href", "url(", "<style", "@import");
        var root = Picture.parse(svg);
        assertThat(root.getAttribute("viewBox")).startsWith("0 0 ");
        assertThat(Picture.elements(root, "title").findFirst().orElseThrow().getTextContent())
                .isEqualTo("Circuit");
        assertThat(Picture.elements(root, "desc").findFirst().orElseThrow().getTextContent())
                .isEqualTo("Output 1.55; x = 3.00, gradient 2.06; y = −4.00, gradient 1.59");
    }

    @Test
    void constantsThatDoNotFitIntoASignStandAsSmallNumbers() {
        Value x = Value.input("x", TensorType.of(DType.F64));
        Value y = Value.of(x.mul(123.456).add(1).rdiv(1).pow(3).sub(-2));
        String svg = CircuitSvg.draw(Circuit.of(new Graph(List.of(x), List.of(y)), Map.of("x", 1.0)));
        assertThat(Picture.of(svg).words())
                .extracting(Picture.Words::text)
                .contains("123.5", "×", "+1", "1/x", "x³", "−2", "−");
        Legibility.check("constants", svg);
    }

    @Test
    void anInputThatIsTheOutputAndOneThatIsUnusedAreDrawn() {
        Value x = Value.input("x", TensorType.of(DType.F64));
        Value unused = Value.input("unused", TensorType.of(DType.F64));
        Circuit circuit = Circuit.of(new Graph(List.of(x, unused), List.of(x)), Map.of("x", 1.0, "unused", 2.0));
        String svg = CircuitSvg.draw(circuit);
        assertThat(Picture.of(svg).words()).extracting(Picture.Words::text).contains("x", "unused");
        Legibility.check("identity", svg);
    }
}
