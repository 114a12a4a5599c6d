package dev.adjoint.run;

import static dev.adjoint.run.TestNumbers.normal;
import static dev.adjoint.run.TestNumbers.numbers;
import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.jvp;
import static dev.adjoint.transform.Transformations.valueAndGrad;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attention by blocks against the plain formula, which the reference kernels compute, and its memory.
class BlockwiseAttentionTest {
    /// Operands and what is done with them: several blocks of queries, the last one incomplete.
    record Case(String name, List<Tensor> operands, Function<List<Tensor>, Tensor> attention) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Case> cases() {
        Tensor q = normal(1, 2, 150, 5);
        Tensor k = normal(2, 2, 150, 5);
        Tensor v = normal(3, 2, 150, 3);
        Tensor shown = normal(4, 2, 150, 150).gt(-1);
        Tensor row = normal(5, 150);
        Tensor heads = normal(6, 3, 2, 150, 5);
        Tensor few = normal(7, 2, 70, 5);
        return Stream.of(
                new Case("all keys", List.of(q, k, v), l -> l.get(0).attention(l.get(1), l.get(2))),
                new Case("keys so far", List.of(q, k, v), l -> l.get(0).causalAttention(l.get(1), l.get(2))),
                new Case(
                        "fewer queries than keys",
                        List.of(few, k, v),
                        l -> l.get(0).causalAttention(l.get(1), l.get(2))),
                new Case(
                        "keys that a mask shows",
                        List.of(q, k, v),
                        l -> l.get(0).attention(l.get(1), l.get(2), shown)),
                new Case(
                        "numbers added to scores",
                        List.of(q, k, v, row),
                        l -> l.get(0).attention(l.get(1), l.get(2), l.get(3))),
                new Case(
                        "a column that hides queries",
                        List.of(q, k, v),
                        l -> l.get(0).attention(l.get(1), l.get(2), shown.slice(-1, 0, 1))),
                new Case(
                        "keys shared by heads",
                        List.of(heads, k, v),
                        l -> l.get(0).causalAttention(l.get(1), l.get(2))),
                new Case("permuted heads", List.of(normal(8, 2, 150, 9, 5), k, v), l -> {
                    Tensor parts = l.get(0).permute(0, 2, 1, 3);
                    return parts.causalAttention(parts, parts);
                }));
    }

    /// More keys than a block holds, forward and backward, neither of queries nor of keys a multiple.
    private static Stream<Case> longCases() {
        Tensor q = normal(1, 2, 300, 5);
        Tensor k = normal(2, 2, 1100, 5);
        Tensor v = normal(3, 2, 1100, 3);
        Tensor row =
                Array.of(IntStream.range(0, 300).mapToDouble(i -> i).toArray()).reshape(300, 1);
        Tensor column = Array.of(IntStream.range(0, 1100).mapToDouble(i -> i).toArray());
        Tensor late = column.gt(row.mul(3)).and(row.ne(row.constant(7)));
        Tensor hidden = Array.scalar(Double.NEGATIVE_INFINITY);
        return Stream.of(
                new Case("many keys", List.of(q, k, v), l -> l.get(0).attention(l.get(1), l.get(2))),
                new Case(
                        "many keys so far",
                        List.of(k, k.sin(), v),
                        l -> l.get(0).causalAttention(l.get(1), l.get(2))),
                new Case(
                        "fewer queries than many keys",
                        List.of(q, k, v),
                        l -> l.get(0).causalAttention(l.get(1), l.get(2))),
                new Case(
                        "more queries than many keys",
                        List.of(k, q, v.slice(1, 0, 300)),
                        l -> l.get(0).causalAttention(l.get(1), l.get(2))),
                new Case(
                        "the greatest scores at the end",
                        List.of(
                                q.abs(),
                                k.abs().mul(column.div(column.constant(200)).expand(1)),
                                v),
                        l -> l.get(0).attention(l.get(1), l.get(2))),
                new Case(
                        "rows that see late keys, or none",
                        List.of(q, k, v),
                        l -> l.get(0).attention(l.get(1), l.get(2), late)),
                new Case(
                        "absent scores",
                        List.of(q, k, v),
                        l -> l.get(0)
                                .attention(
                                        l.get(1),
                                        l.get(2),
                                        late.where(Array.scalar(0.0), hidden)
                                                .to(l.getFirst().dtype()))),
                new Case(
                        "one key",
                        List.of(q, k.slice(1, 0, 1), v.slice(1, 0, 1)),
                        l -> l.get(0).causalAttention(l.get(1), l.get(2))),
                new Case(
                        "one query",
                        List.of(q.slice(1, 0, 1), k, v),
                        l -> l.get(0).attention(l.get(1), l.get(2))));
    }

    private static Function<List<Tensor>, List<Tensor>> valueAndGradients(Case test) {
        return operands -> {
            var both = valueAndGrad((List<Tensor> l) -> loss(test, l)).apply(operands);
            List<Tensor> all = new ArrayList<>(both.gradient());
            all.add(test.attention.apply(operands));
            return all;
        };
    }

    private static Tensor loss(Case test, List<Tensor> operands) {
        return test.attention.apply(operands).sin().sum();
    }

    private static void close(List<Tensor> found, List<Tensor> expected, double precision) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            double[] wanted = numbers(expected.get(i));
            double[] numbers = numbers(found.get(i));
            double largest = 0;
            for (double number : wanted) {
                largest = Math.max(largest, Math.abs(number));
            }
            for (int j = 0; j < wanted.length; j++) {
                assertThat(numbers[j])
                        .as("result %d, element %d", i, j)
                        .isCloseTo(wanted[j], within(precision * largest));
            }
        }
    }

    @ParameterizedTest
    @MethodSource({"cases", "longCases"})
    void valueAndGradientAreThoseOfTheFormula(Case test) {
        var f = valueAndGradients(test);
        List<Tensor> expected = Compiled.of(f, Kernels.reference()).apply(test.operands);
        close(Compiled.of(f).apply(test.operands), expected, 1e-12);
        List<Tensor> floats = test.operands.stream().map(x -> x.to(DType.F32)).toList();
        close(Compiled.of(f).apply(floats), expected, 1e-5);
        close(f.apply(floats), expected, 1e-5);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void secondOrderIsThatOfTheFormula(Case test) {
        Function<List<Tensor>, List<Tensor>> second = operands -> {
            Function<List<Tensor>, List<Tensor>> gradient = grad((List<Tensor> l) -> loss(test, l));
            List<Tensor> tangents = operands.stream().map(Tensor::cos).toList();
            return jvp(gradient, operands, tangents).tangent();
        };
        close(
                Compiled.of(second).apply(test.operands),
                Compiled.of(second, Kernels.reference()).apply(test.operands),
                1e-11);
    }

    @Test
    void bitsDoNotDependOnThreads() {
        List<Tensor> operands = Stream.of(normal(1, 150, 5), normal(2, 150, 5), normal(3, 150, 3))
                .map(x -> x.to(DType.F32))
                .toList();
        Case test = new Case("one matrix", operands, l -> l.get(0).causalAttention(l.get(1), l.get(2)));
        var f = valueAndGradients(test);
        List<Tensor> alone = Compiled.of(f, Kernels.installed(Workers.of(1))).apply(operands);
        List<Tensor> together = Compiled.of(f).apply(operands);
        for (int i = 0; i < alone.size(); i++) {
            assertThat(numbers(together.get(i))).containsExactly(numbers(alone.get(i)));
        }
    }

    @Test
    void largeScoresDoNotOverflow() {
        List<Tensor> operands =
                List.of(normal(1, 70, 5).mul(300), normal(2, 1100, 5).mul(300), normal(3, 1100, 3));
        Case test = new Case("large", operands, l -> l.get(0).attention(l.get(1), l.get(2)));
        List<Tensor> expected =
                Compiled.of(valueAndGradients(test), Kernels.reference()).apply(operands);
        close(Compiled.of(valueAndGradients(test)).apply(operands), expected, 1e-9);
        List<Tensor> floats = operands.stream().map(x -> x.to(DType.F32)).toList();
        Compiled.of(valueAndGradients(test))
                .apply(floats)
                .forEach(x -> assertThat(numbers(x)).satisfies(TestNumbers::finite));
        double[] value = numbers(Compiled.of(test.attention).apply(floats));
        double greatest =
                Arrays.stream(numbers(operands.get(2))).map(Math::abs).max().orElseThrow();
        assertThat(Arrays.stream(value).map(Math::abs).max().orElseThrow()).isLessThan(greatest * 1.00001);
    }

    @Test
    void manyKeysGiveTheSameBitsOnAllThreads() {
        List<Tensor> operands = Stream.of(normal(1, 1100, 5), normal(2, 1100, 5), normal(3, 1100, 3))
                .map(x -> x.to(DType.F32))
                .toList();
        Case test = new Case("one matrix", operands, l -> l.get(0).causalAttention(l.get(1), l.get(2)));
        var f = valueAndGradients(test);
        List<Tensor> alone = Compiled.of(f, Kernels.installed(Workers.of(1))).apply(operands);
        List<Tensor> together = Compiled.of(f).apply(operands);
        for (int i = 0; i < alone.size(); i++) {
            assertThat(numbers(together.get(i))).containsExactly(numbers(alone.get(i)));
        }
    }

    /// Each example has its own queries and mask; keys and values are shared.
    @Test
    void aBatchOfExamplesStaysWhole() {
        List<Tensor> operands = List.of(normal(1, 3, 600, 4), normal(2, 600, 4), normal(3, 600, 4), normal(4, 3, 600));
        Function<List<Tensor>, Tensor> one =
                l -> l.get(0).attention(l.get(1), l.get(2), l.get(3)).sin().sum();
        UnaryOperator<List<Tensor>> gradient =
                l -> grad((List<Tensor> m) -> one.apply(List.of(m.get(0), m.get(1), m.get(2), l.get(3))))
                        .apply(l.subList(0, 3));
        Function<List<Tensor>, List<Tensor>> batched = l -> {
            Function<List<Tensor>, List<Tensor>> perExample =
                    vmap((List<Tensor> own) -> gradient.apply(List.of(own.get(0), l.get(1), l.get(2), own.get(1))));
            return perExample.apply(List.of(l.get(0), l.get(3)));
        };
        Compiled<List<Tensor>, List<Tensor>> compiled = Compiled.of(batched);
        assertThat(compiled.executable(operands).plan().peakBytes()).isLessThan(600L * 600 * Double.BYTES);
        List<Tensor> found = compiled.apply(operands);
        for (int i = 0; i < 3; i++) {
            List<Tensor> own = List.of(
                    operands.get(0).take(0, i),
                    operands.get(1),
                    operands.get(2),
                    operands.get(3).take(0, i));
            List<Tensor> expected = Compiled.of(gradient, Kernels.reference()).apply(own);
            int example = i;
            close(found.stream().map(x -> x.take(0, example)).toList(), expected, 1e-12);
        }
    }

    private static long trainingBytes(long steps) {
        List<Tensor> operands = Stream.of(1, 2, 3)
                .map(seed -> normal(seed, 2, 4, steps, 16).to(DType.F32))
                .toList();
        Function<List<Tensor>, List<Tensor>> gradient = grad((List<Tensor> l) ->
                l.get(0).causalAttention(l.get(1), l.get(2)).square().sum());
        return Compiled.of(gradient).executable(operands).plan().peakBytes();
    }

    @Test
    void memoryOfTrainingGrowsWithTheStepsAndNotTheirSquare() {
        assertThat((double) trainingBytes(1024) / trainingBytes(512)).isBetween(1.9, 2.1);
        assertThat(trainingBytes(1024)).isLessThan(4L * 8 * 1024 * 1024);
    }
}
