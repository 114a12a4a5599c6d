package dev.adjoint.cli.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.draw.Circuit;
import dev.adjoint.op.Catalog;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Op;
import dev.adjoint.op.elementwise.Exp;
import dev.adjoint.tensor.Key;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParserTest {
    private static final Map<String, Double> VALUES = Map.of("x", 1.25, "y", -0.75, "λ", 2.5);

    private static double value(String text) {
        Expression expression = Expression.of(text);
        Map<String, Double> used = new java.util.HashMap<>(VALUES);
        used.keySet().retainAll(expression.names());
        return Circuit.of(expression.graph(), used).value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1+2*3; 7",
                "(1+2)*3; 9",
                "7-4-2; 1",
                "16/4/2; 2",
                "2^3^2; 512",
                "-2^2; -4",
                "(-2)^2; 4",
                "2^-1; 0.5",
                "2*-3; -6",
                "2--3; 5",
                "-3²; -9",
                "2³; 8",
                "2⁻¹; 0.5",
                "4^(1/2); 2",
                "+5; 5",
                "1e-3*1000; 1",
                ".5+5.; 5.5",
                "2·3×4; 24",
                "6÷3; 2",
                "5−3; 2",
                "max(1,2)*min(3,4); 6",
                "--2; 2",
                "-1^2; -1",
                "2*-3^2; -18",
                "8/2*4; 16"
            })
    void bindsAsMathematicsDoes(String text, double expected) {
        assertThat(value(text)).isEqualTo(expected, within(1e-12));
    }

    /// Random expressions are written with parentheses only where the rules of precedence demand them, and calculated
    /// by Java beside that.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomExpressionsAreWorthWhatJavaSays(long seed) {
        for (int i = 0; i < 100; i++) {
            Random random = new Random(Key.of(seed).fold(i));
            Random.Sample sample = random.sum(5);
            assertThat(value(sample.text()))
                    .as("seed %s, number %s: %s", seed, i, sample.text())
                    .isEqualTo(sample.value(), within(1e-9 * Math.max(1, Math.abs(sample.value()))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void printingAndParsingAgainGivesTheSameGraph(long seed) {
        for (int i = 0; i < 100; i++) {
            String text = new Random(Key.of(seed).fold(i)).sum(5).text();
            Expression first = Expression.of(text);
            String printed = Formula.of(first.graph().outputs().getFirst());
            Expression second = Expression.of(printed);
            assertThat(second.graph().toString())
                    .as("seed %s, number %s: %s printed as %s", seed, i, text, printed)
                    .isEqualTo(first.graph().toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a-(b-c); a - (b - c)",
                "(a-b)-c; a - b - c",
                "a/(b*c); a/(b*c)",
                "(a^b)^c; (a^b)^c",
                "a^b^c; a^b^c",
                "-(a+b); -(a + b)",
                "(-a)^2; (-a)^2",
                "-a^2; -a^2",
                "a*(-2); a*-2",
                "(-2)^a; (-2)^a",
                "(a²)²; (a²)²",
                "sin(a+b)*max(a,b); sin(a + b)*maximum(a, b)",
                "-(3); -(3)"
            })
    void printsOnlyTheParenthesesItNeeds(String text, String printed) {
        assertThat(Formula.of(Expression.of(text).graph().outputs().getFirst())).isEqualTo(printed);
    }

    @Test
    void everyOperatorOfOneOrTwoNumbersWithADerivativeIsAFunction() {
        FunctionTable table = new FunctionTable();
        for (Class<? extends Op> type : Catalog.operators()) {
            boolean binaryOrUnary =
                    Catalog.family(type).equals("Unary") || Catalog.family(type).equals("Binary");
            if (binaryOrUnary && type.getRecordComponents().length == 0) {
                Elementwise op = (Elementwise) Catalog.samples(type).getFirst().op();
                assertThat(table.find(Catalog.name(type)).isPresent())
                        .as(Catalog.name(type))
                        .isEqualTo(op.withoutDerivative().isEmpty());
            }
        }
        assertThat(table.find("exp")).contains(new Exp());
        assertThat(table.find("σ")).isEqualTo(table.find("sigmoid")).isPresent();
        assertThat(table.find("ln")).isEqualTo(table.find("log")).isPresent();
        assertThat(table.names()).doesNotContain("equal", "not", "cast", "stopgradient", "where");
    }

    @Test
    void namesAreOfAnyScript() {
        assertThat(Expression.of("λ*w_0+x₁-µ/x̂+𝑥").names()).containsExactly("λ", "w_0", "x₁", "µ", "x̂", "𝑥");
    }

    @Test
    void columnsCountCharactersAsPeopleDo() {
        assertThatThrownBy(() -> Expression.of("𝑥+λ $")).hasMessage("column 5: unexpected character '$' (in 𝑥+λ $)");
    }

    @Test
    void aLongTextIsShownInPart() {
        assertThatThrownBy(() -> Expression.of("alpha+beta+gamma+delta+sigmod(x)+epsilon+zeta"))
                .hasMessage(
                        "column 24: unknown function 'sigmod'; did you mean sigmoid? (in …gamma+delta+sigmod(x)+ep…)");
    }
}
