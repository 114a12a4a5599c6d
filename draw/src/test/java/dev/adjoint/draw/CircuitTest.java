package dev.adjoint.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private static Value number(String label) {
        return Value.input(label, TensorType.of(DType.F64));
    }

    private static Graph graph(List<Value> inputs, Tensor output) {
        return new Graph(inputs, List.of(Value.of(output)));
    }

    /// CS231n, "Backpropagation, intuitions": q = 3, f = −12, df/dx = −4, df/dy = −4, df/dz = 3; df/dq = z = −4.
    @Test
    void productOfTheCourseNotes() {
        Circuit circuit = SampleCircuits.product();
        assertThat(circuit.value()).isEqualTo(-12);
        assertThat(circuit.gradients()).containsExactly(entry("x", -4.0), entry("y", -4.0), entry("z", 3.0));
        assertThat(circuit.nodes())
                .contains(new Circuit.Node(3, "add", "+", List.of(0, 1), 3, -4))
                .contains(new Circuit.Node(4, "mul", "×", List.of(3, 2), -12, 1));
        assertThat(circuit.output()).isEqualTo(4);
    }

    /// The numbers printed in the figure of CS231n.
    @Test
    void neuronOfTheCourseNotes() {
        Circuit circuit = SampleCircuits.neuron();
        assertThat(circuit.value()).isEqualTo(0.73, within(0.005));
        assertThat(circuit.gradients().keySet()).containsExactly("w0", "x0", "w1", "x1", "w2");
        assertThat(circuit.gradients().values().stream().mapToDouble(d -> d))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 0.0051 ? 0 : 1)
                .containsExactly(-0.20, 0.39, -0.39, -0.59, 0.20);
    }

    /// The staged computation of the notes, backward by hand.
    @Test
    void yardstickAgreesWithTheStagedComputation() {
        double x = 3;
        double y = -4;
        double sigy = 1 / (1 + Math.exp(-y));
        double num = x + sigy;
        double sigx = 1 / (1 + Math.exp(-x));
        double xpy = x + y;
        double den = sigx + xpy * xpy;
        double dnum = 1 / den;
        double dden = -num / (den * den);
        double dxpy = 2 * xpy * dden;
        double dx = dxpy + (1 - sigx) * sigx * dden + dnum;
        double dy = dxpy + (1 - sigy) * sigy * dnum;

        Circuit circuit = SampleCircuits.yardstick();
        assertThat(circuit.value()).isEqualTo(num / den, within(1e-12));
        assertThat(circuit.gradients().get("x")).isEqualTo(dx, within(1e-12));
        assertThat(circuit.gradients().get("y")).isEqualTo(dy, within(1e-12));
    }

    @Test
    void constantsAndUnreachedValuesHaveNoGradient() {
        Value x = number("x");
        Value unused = number("unused");
        Circuit circuit = Circuit.of(
                graph(List.of(x, unused), x.mul(2).add(x.exp().stopGradient())), Map.of("x", 0.0, "unused", 5.0));
        assertThat(circuit.gradients()).containsExactly(entry("x", 2.0), entry("unused", 0.0));
        assertThat(circuit.nodes())
                .filteredOn(Circuit.Node::isConstant)
                .singleElement()
                .satisfies(constant -> {
                    assertThat(constant.label()).isEqualTo("2");
                    assertThat(constant.gradient()).isZero();
                });
        assertThat(circuit.nodes())
                .filteredOn(node -> node.operator().equals("exp"))
                .singleElement()
                .returns(0.0, Circuit.Node::gradient);
    }

    @Test
    void theOutputMayBeAnInputOrAConstant() {
        Value x = number("x");
        assertThat(Circuit.of(graph(List.of(x), x), Map.of("x", 7.0)).gradients())
                .containsExactly(entry("x", 1.0));
        Circuit constant = Circuit.of(graph(List.of(x), x.constant(3)), Map.of("x", 7.0));
        assertThat(constant.value()).isEqualTo(3);
        assertThat(constant.gradients()).containsExactly(entry("x", 0.0));
        assertThat(constant.nodes().get(constant.output()).gradient()).isEqualTo(1);
    }

    @Test
    void badInputIsNamed() {
        Value x = number("x");
        Graph square = graph(List.of(x), x.mul(x));
        refused(square, Map.of(), "input 'x' has no number; add x=…");
        refused(square, Map.of("x", 1.0, "w", 2.0), "no input is called 'w'; there are [x] in the circuit");
        Value twin = number("x");
        refused(
                graph(List.of(x, twin), x.add(twin)),
                Map.of("x", 1.0),
                "two inputs of the circuit are called 'x'; rename one");
        refused(new Graph(List.of(x), List.of(x, x)), Map.of("x", 1.0), "a circuit has one output, not 2");
        refused(
                graph(List.of(x), x.gt(0)),
                Map.of("x", 1.0),
                "a circuit's output must be a floating number, not greater: bool[]: nothing else has a gradient");
        Value vector = Value.input("v", TensorType.of(DType.F64, 3));
        refused(
                graph(List.of(vector), vector.sum()),
                Map.of("v", 1.0),
                "a circuit is made of single numbers, but v: f64[3] has axes; draw the graph with GraphSvg instead");
    }

    private static void refused(Graph graph, Map<String, Double> numbers, String message) {
        assertThatThrownBy(() -> Circuit.of(graph, numbers))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(message);
    }

    @Test
    void textNamesEveryValue() {
        assertThat(CircuitText.print(SampleCircuits.product())).isEqualTo("""
                        value      forward  gradient
                        x               -2        -4
                        y                5        -4
                        z               -4         3
                        a = x + y        3        -4
                        b = a * z      -12         1
                        """);
    }

    @Test
    void textLeavesTakenNamesAlone() {
        Value a = number("a");
        Circuit circuit =
                Circuit.of(graph(List.of(a), a.mul(-2).sigmoid().pow(2).neg()), Map.of("a", 0.0));
        assertThat(CircuitText.print(circuit).lines().map(line -> line.replaceAll(" {2}.*", "")))
                .containsExactly("value", "a", "b = a * (-2)", "c = sigmoid(b)", "d = c ^ 2", "e = -d");
    }
}
