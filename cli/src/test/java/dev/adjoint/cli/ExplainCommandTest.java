package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class ExplainCommandTest {
    private static final Offset<Double> EXACT = within(1e-12);

    private static JsonNode explained(String... args) {
        List<String> all = new ArrayList<>(List.of("explain", "--json"));
        all.addAll(List.of(args));
        Called called = Called.with(all.toArray(String[]::new));
        assertThat(called.err()).isEmpty();
        assertThat(called.code()).isZero();
        return called.json();
    }

    @Test
    void theReasonOfAZeroGradientIsTold() {
        Called called = Called.with("explain", "relu(x*y)+y^2", "x=-2", "y=3", "--why", "x");
        assertThat(called.code()).as(called.err()).isZero();
        assertThat(called.out()).contains("""

                gradient of x: f64[], which is 0
                  relu: no gradient passes where x ≤ 0; x is f64[] = -6
                factors from the result back to x, the steepest of 3, product 0
                """);
        assertThat(Called.with("explain", "x*y", "x=1", "y=2", "--why", "z").err())
                .contains("--why: the expression has no 'z', but [x, y]");
    }

    @Test
    void sumTimesFactor() {
        JsonNode json = explained("(x+y)*z", "x=-2", "y=5", "z=-4");
        assertThat(json.propertyNames()).containsExactly("value", "gradients", "nodes");
        assertThat(json.get("value").asDouble()).isEqualTo(-12);
        assertThat(json.get("gradients").propertyNames()).containsExactly("x", "y", "z");
        assertThat(json.at("/gradients/x").asDouble()).isEqualTo(-4);
        assertThat(json.at("/gradients/y").asDouble()).isEqualTo(-4);
        assertThat(json.at("/gradients/z").asDouble()).isEqualTo(3);
    }

    @Test
    void nodesHaveExactlyTheKeysOfTheContractAndReferToEarlierOnes() {
        List<String> seen = new ArrayList<>();
        for (JsonNode node : explained("(x+y)*z-2", "x=-2", "y=5", "z=-4").get("nodes")) {
            assertThat(node.propertyNames()).containsExactly("id", "op", "inputs", "value", "gradient");
            node.get("inputs").forEach(input -> assertThat(seen).contains(input.asString()));
            assertThat(node.get("gradient").isNull())
                    .isEqualTo(node.get("op").asString().equals("constant"));
            seen.add(node.get("id").asString());
        }
        assertThat(seen).doesNotHaveDuplicates().contains("x", "y", "z");
    }

    /// 1/(1 + e^−(w₀x₀ + w₁x₁ + w₂)) at w = (2, −3, −3), x = (−1, −2): the sum is 1, so the value is σ(1).
    @Test
    void sigmoidNeuronByGatesAndAsOneGate() {
        double y = 1 / (1 + Math.exp(-1));
        double slope = y * (1 - y);
        for (String neuron : List.of("1/(1+exp(-(w0*x0+w1*x1+w2)))", "σ(w0*x0+w1*x1+w2)", "sigmoid(w0·x0+w1×x1+w2)")) {
            JsonNode json = explained(neuron, "w0=2", "w1=-3", "w2=-3", "x0=-1", "x1=-2");
            assertThat(json.get("value").asDouble()).isEqualTo(y, EXACT);
            assertThat(json.at("/gradients/w0").asDouble()).isEqualTo(-slope, EXACT);
            assertThat(json.at("/gradients/w1").asDouble()).isEqualTo(-2 * slope, EXACT);
            assertThat(json.at("/gradients/w2").asDouble()).isEqualTo(slope, EXACT);
            assertThat(json.at("/gradients/x0").asDouble()).isEqualTo(2 * slope, EXACT);
            assertThat(json.at("/gradients/x1").asDouble()).isEqualTo(-3 * slope, EXACT);
        }
        assertThat(y).isEqualTo(0.73, within(0.005));
    }

    /// f = (x + σ(y))/(σ(x) + (x+y)²), differentiated by hand with the quotient rule.
    @Test
    void stagedFunction() {
        double x = 3;
        double y = -4;
        double sx = 1 / (1 + Math.exp(-x));
        double sy = 1 / (1 + Math.exp(-y));
        double above = x + sy;
        double below = sx + (x + y) * (x + y);
        double byX = (below - above * (sx * (1 - sx) + 2 * (x + y))) / (below * below);
        double byY = (sy * (1 - sy) * below - above * 2 * (x + y)) / (below * below);
        for (String square : List.of("^2", "²")) {
            JsonNode json = explained("(x+σ(y))/(σ(x)+(x+y)" + square + ")", "x=3", "y=-4");
            assertThat(json.get("value").asDouble()).isEqualTo(above / below, EXACT);
            assertThat(json.at("/gradients/x").asDouble()).isEqualTo(byX, EXACT);
            assertThat(json.at("/gradients/y").asDouble()).isEqualTo(byY, EXACT);
        }
    }

    @Test
    void aRepeatedNameIsOneVariable() {
        JsonNode json = explained("x*x+x", "x=3");
        assertThat(json.at("/gradients/x").asDouble()).isEqualTo(7);
        assertThat(json.get("nodes")).hasSize(3);
    }

    /// f = x³y² + sin(x): all second, third and fourth derivatives by hand.
    @Test
    void higherDerivativesAgainstClosedForms() {
        double x = 1.5;
        double y = -0.5;
        JsonNode json = explained("x^3*y^2+sin(x)", "--order", "4", "x=1.5", "y=-0.5");
        assertThat(json.propertyNames())
                .containsExactly(
                        "value", "gradients", "nodes", "second_derivatives", "third_derivatives", "fourth_derivatives");
        assertThat(json.at("/second_derivatives/x/x").asDouble()).isEqualTo(6 * x * y * y - Math.sin(x), EXACT);
        assertThat(json.at("/second_derivatives/x/y").asDouble()).isEqualTo(6 * x * x * y, EXACT);
        assertThat(json.at("/second_derivatives/y/x").asDouble()).isEqualTo(6 * x * x * y, EXACT);
        assertThat(json.at("/second_derivatives/y/y").asDouble()).isEqualTo(2 * x * x * x, EXACT);
        assertThat(json.at("/third_derivatives/x/x/x").asDouble()).isEqualTo(6 * y * y - Math.cos(x), EXACT);
        assertThat(json.at("/third_derivatives/y/x/x").asDouble()).isEqualTo(12 * x * y, EXACT);
        assertThat(json.at("/third_derivatives/y/y/y").asDouble()).isEqualTo(0, EXACT);
        assertThat(json.at("/fourth_derivatives/x/y/x/y").asDouble()).isEqualTo(12 * x, EXACT);
        assertThat(json.at("/fourth_derivatives/x/x/x/x").asDouble()).isEqualTo(Math.sin(x), EXACT);
    }

    @Test
    void withoutNamesThereIsAValueAndNothingToDifferentiate() {
        JsonNode json = explained("2*3", "--order", "2");
        assertThat(json.get("value").asDouble()).isEqualTo(6);
        assertThat(json.get("gradients")).isEmpty();
        assertThat(json.get("second_derivatives")).isEmpty();
    }

    @Test
    void numbersThatJsonLacksAreTexts() {
        assertThat(explained("1/x", "x=0").get("value").asString()).isEqualTo("Infinity");
        assertThat(explained("log(x)", "x=0").get("value").asString()).isEqualTo("-Infinity");
        assertThat(explained("log(x)", "x=-1").get("value").asString()).isEqualTo("NaN");
    }

    @Test
    void anExpressionMayBeginWithASign() {
        assertThat(explained("-x^2", "x=3").get("value").asDouble()).isEqualTo(-9);
        assertThat(explained("-(x+h)", "x=3", "h=1").get("value").asDouble()).isEqualTo(-4);
    }

    @Test
    void textShowsGatesAndSecondDerivatives() {
        Called called = Called.with("explain", "(x+y)*z", "x=-2", "y=5", "z=-4", "--order", "2");
        assertThat(called.code()).isZero();
        assertThat(called.out().lines().map(line -> line.replaceAll(" {2,}", "  ")))
                .contains("x  -2  -4", "a = x + y  3  -4", "b = a * z  -12  1", "∂²f/∂x∂z  1", "∂²f/∂x²  0");
    }

    @Test
    void svgIsWrittenWholeAndNamedOnTheErrorStream(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("c.svg");
        Called called = Called.with("explain", "(x+y)*z", "x=-2", "y=5", "z=-4", "--svg", file.toString(), "--json");
        assertThat(called.code()).isZero();
        assertThat(called.json().get("value").asDouble()).isEqualTo(-12);
        assertThat(Files.readString(file)).contains("<svg", "−12.00", "</svg>");
    }

    @Test
    void svgThatCannotBeWrittenIsWorkThatFailed(@TempDir Path folder) {
        Called called = Called.with(
                "explain", "x", "x=1", "--svg", folder.resolve("no/c.svg").toString());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.out()).isEmpty();
        assertThat(called.err())
                .startsWith("adjoint explain: ")
                .contains("c.svg")
                .hasLineCount(1);
    }

    static Stream<Arguments> wrongCalls() {
        return Stream.of(
                wrong("the expression is empty", ""),
                wrong("the expression is empty", "  "),
                wrong("column 1: unknown function 'sigmod'; did you mean sigmoid? (in sigmod(x))", "sigmod(x)", "x=1"),
                wrong("column 3: no value for y; add y=… (in x+y)", "x+y", "x=1"),
                wrong("column 1: no value for exp; exp is a function and needs parentheses (in exp)", "exp"),
                wrong("column 1: max takes 2 arguments, not 1 (in max(x))", "max(x)", "x=1"),
                wrong("column 1: exp takes 1 argument, not 2 (in exp(x,x))", "exp(x,x)", "x=1"),
                wrong("column 1: exp takes 1 argument, not 0 (in exp())", "exp()"),
                wrong("column 1: '(' is never closed (in (x+1)", "(x+1", "x=1"),
                wrong("column 4: ')' without a '(' before it (in x+1))", "x+1)", "x=1"),
                wrong("column 3: unexpected character '$' (in x+$)", "x+$", "x=1"),
                wrong("column 3: a number, name or '(' is missing at the end (in x+)", "x+", "x=1"),
                wrong("column 3: expected a number, name or '(' but found '*' (in x**2)", "x**2", "x=1"),
                wrong("column 2: expected an operator before 'x'; multiply with * (in 2x)", "2x", "x=1"),
                wrong("column 3: expected an operator or ')' before 'x'; multiply with * (in (2x))", "(2x)", "x=1"),
                wrong("column 3: a comma separates the arguments of a function only (in (x,x))", "(x,x)", "x=1"),
                wrong("column 2: expected an operator before ',' (in x,x)", "x,x", "x=1"),
                wrong(
                        "column 2: unexpected character '='; values are given after the expression, as name=value (in x=1)",
                        "x=1"),
                wrong("x is given twice; give it one value", "x", "x=1", "x=2"),
                wrong("z does not occur in the expression; its names are x, y", "x+y", "x=1", "y=1", "z=1"),
                wrong("z does not occur in the expression, which has no names", "1", "z=1"),
                wrong("the value of x, 'abc', is not a number; write it like -2, 0.5 or 1e-3", "x", "x=abc"),
                wrong("the value of x, '', is not a number; write it like -2, 0.5 or 1e-3", "x", "x="),
                wrong("the value of x, 'NaN', is not a number; write it like -2, 0.5 or 1e-3", "x", "x=NaN"),
                wrong("the value of x, '1d', is not a number; write it like -2, 0.5 or 1e-3", "x", "x=1d"),
                wrong("the value of x, 1e999, is too large for a 64-bit number", "x", "x=1e999"),
                wrong("column 1: 1e999 is too large for a 64-bit number (in 1e999)", "1e999"),
                wrong(
                        "'+' is not name=value; an expression with spaces or signs of the shell needs quotes: '(x+y)*z'",
                        "x",
                        "+",
                        "y"),
                wrong(
                        "'=3' is not name=value; an expression with spaces or signs of the shell needs quotes: '(x+y)*z'",
                        "x",
                        "=3"),
                wrong("--order must lie between 1 and 4, not at 0", "x", "x=1", "--order", "0"),
                wrong("--order must lie between 1 and 4, not at 5", "x", "x=1", "--order", "5"),
                wrong("unknown option --ordr; did you mean --order?", "x", "x=1", "--ordr", "2"),
                wrong("column 201: nested deeper than 200 levels (in …((((((((((((((((((((((((…)", "(".repeat(100_000)),
                wrong(
                        "column 201: nested deeper than 200 levels (in …------------------------…)",
                        "-".repeat(100_000) + "x"));
    }

    private static Arguments wrong(String message, String... args) {
        return Arguments.of(message, List.of(args));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void aWrongCallIsOneLineAndExitCodeTwo(String message, List<String> args) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(args);
        Called called = Called.with(all.toArray(String[]::new));
        assertThat(called.err()).isEqualTo("adjoint explain: " + message + System.lineSeparator());
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.out()).isEmpty();
    }

    @Test
    void tooManyDerivativesAreRefused() {
        List<String> args = new ArrayList<>(List.of("explain", "--order", "4"));
        StringBuilder sum = new StringBuilder("0");
        for (int i = 0; i < 20; i++) {
            sum.append("+x").append(i);
            args.add("x" + i + "=1");
        }
        args.add(1, sum.toString());
        Called called = Called.with(args.toArray(String[]::new));
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err()).contains("20 names have 10605 derivatives up to order 4, more than 1000");
    }

    @Test
    void aLongExpressionIsNoDeepOne() {
        Called called = Called.with("explain", "x" + "+x".repeat(5000), "x=2", "--json");
        assertThat(called.json().get("value").asDouble()).isEqualTo(10002);
        assertThat(called.json().at("/gradients/x").asDouble()).isEqualTo(5001);
    }
}
