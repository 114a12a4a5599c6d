package dev.adjoint.run;

import static dev.adjoint.run.TestNumbers.numbers;
import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.jvp;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.graph.Trace;
import dev.adjoint.op.source.RandomChoice.Drawn;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Random numbers against their distribution functions: Kolmogorov–Smirnov and χ² at a significance of 1/1000, with fixed
/// keys.
class DistributionsTest {
    private static final long SEED = 231;
    private static final Array KEY = Array.key(Key.of(SEED));
    private static final int MANY = 20_000;
    private static final TensorType VECTOR = TensorType.of(DType.F64, MANY);

    /// For many numbers √n·D stays below this in 999 of 1000 cases.
    private static final double KOLMOGOROV = 1.9495;

    private static void follows(Tensor drawn, DoubleUnaryOperator distribution) {
        double[] sorted = numbers(drawn);
        Arrays.sort(sorted);
        double worst = 0;
        for (int i = 0; i < sorted.length; i++) {
            double p = distribution.applyAsDouble(sorted[i]);
            worst = Math.max(worst, Math.max(p - i / (double) sorted.length, (i + 1) / (double) sorted.length - p));
        }
        assertThat(Math.sqrt(sorted.length) * worst).as("seed %d", SEED).isLessThan(KOLMOGOROV);
    }

    /// χ² of counts against probabilities.
    private static double chiSquare(long[] places, double... probabilities) {
        double[] counts = new double[probabilities.length];
        for (long place : places) {
            counts[(int) place]++;
        }
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = probabilities[i] * places.length;
            sum += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        return sum;
    }

    /// The integral of the normal density by Simpson's rule.
    private static double normalBetween(double from, double to) {
        int steps = 4000;
        double h = (to - from) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double x = from + i * h;
            double factor = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += factor * Math.exp(-x * x / 2);
        }
        return sum * h / 3 / Math.sqrt(2 * Math.PI);
    }

    private static long[] longs(Tensor x) {
        return Array.of(x).toLongs();
    }

    @Test
    void waitingTimes() {
        follows(KEY.exponential(VECTOR), x -> 1 - Math.exp(-x));
    }

    @Test
    void largestValues() {
        follows(KEY.gumbel(VECTOR), x -> Math.exp(-Math.exp(-x)));
    }

    @ParameterizedTest
    @CsvSource({"-2,2", "0.5,1", "-1,4", "3,5", "-7,-6"})
    void truncatedNormalNumbers(double low, double high) {
        Tensor drawn = KEY.truncatedNormal(TensorType.of(DType.F64, 4000), low, high);
        double mass = normalBetween(low, high);
        assertThat(Arrays.stream(numbers(drawn))).allMatch(x -> x >= low && x <= high);
        follows(drawn, x -> normalBetween(low, x) / mass);
    }

    @Test
    void withoutBoundsTruncatedNormalNumbersAreNormal() {
        double infinity = Double.POSITIVE_INFINITY;
        Tensor drawn = KEY.truncatedNormal(TensorType.of(DType.F64, 4000), -infinity, infinity);
        follows(drawn, x -> normalBetween(-9, x));
        follows(KEY.truncatedNormal(VECTOR, 8, infinity), x -> 1 - Math.exp((64 - x * x) / 2) * ratio(x) / ratio(8));
    }

    /// Q(x)/φ(x) for large x, by its asymptotic series.
    private static double ratio(double x) {
        double square = x * x;
        return (1 - 1 / square * (1 - 3 / square * (1 - 5 / square * (1 - 7 / square)))) / x;
    }

    @Test
    void gammaOfWholeShapesCountsWaitingTimes() {
        Tensor one = KEY.gamma(Array.scalar(1.0).broadcastTo(VECTOR.shape()));
        follows(one, x -> 1 - Math.exp(-x));
        Tensor three = KEY.gamma(Array.scalar(3.0).broadcastTo(VECTOR.shape()));
        follows(three, x -> 1 - Math.exp(-x) * (1 + x + x * x / 2));
    }

    @Test
    void gammaOfHalfShapesIsSquaredNormal() {
        Tensor half = KEY.gamma(
                Array.scalar(0.5).broadcastTo(TensorType.of(DType.F64, 4000).shape()));
        follows(half, x -> 2 * normalBetween(0, Math.sqrt(2 * x)));
        Tensor more = KEY.gamma(
                Array.scalar(1.5).broadcastTo(TensorType.of(DType.F64, 4000).shape()));
        // P(3/2, x) = P(1/2, x) − √x·e^(−x)/Γ(3/2)
        follows(
                more,
                x -> 2 * normalBetween(0, Math.sqrt(2 * x)) - Math.sqrt(x) * Math.exp(-x) / (Math.sqrt(Math.PI) / 2));
    }

    @Test
    void gammaHasItsMomentsAtSmallAndLargeShapes() {
        for (double shape : new double[] {0.01, 0.3, 50, 1e6}) {
            double[] y = numbers(KEY.gamma(Array.scalar(shape).broadcastTo(VECTOR.shape())));
            double mean = Arrays.stream(y).average().orElseThrow();
            // The mean of n numbers of variance α has standard deviation √(α/n); five of them.
            assertThat(mean).isCloseTo(shape, within(5 * Math.sqrt(shape / MANY)));
        }
        assertThat(numbers(KEY.gamma(Array.of(-1.0, 0, Double.NaN, 1))))
                .satisfies(y -> assertThat(Arrays.copyOf(y, 3)).containsOnly(Double.NaN))
                .satisfies(y -> assertThat(y[3]).isPositive());
    }

    @Test
    void dirichletVectorsAreProbabilitiesWithBetaMarginals() {
        Tensor parameters = Array.of(1.0, 1, 1)
                .broadcastTo(TensorType.of(DType.F64, MANY, 3).shape());
        Tensor drawn = KEY.dirichlet(parameters);
        assertThat(Arrays.stream(numbers(drawn.sum(-1)))).allMatch(s -> Math.abs(s - 1) < 1e-15);
        follows(drawn.take(1, 2), x -> 1 - (1 - x) * (1 - x));
        Tensor pair = KEY.dirichlet(
                Array.of(2.0, 1).broadcastTo(TensorType.of(DType.F64, MANY, 2).shape()));
        follows(pair.take(1, 0), x -> x * x);
        double[] tiny = numbers(KEY.dirichlet(Array.of(1e-4, 1e-4, 1e-4)));
        assertThat(Arrays.stream(tiny).sum()).isCloseTo(1, within(1e-15));
    }

    @Test
    void categoriesFollowTheirScores() {
        Tensor scores = Array.of(0, Math.log(2), Math.log(5), Double.NEGATIVE_INFINITY)
                .broadcastTo(TensorType.of(DType.F64, MANY, 4).shape());
        long[] drawn = longs(KEY.categorical(scores, -1));
        assertThat(drawn).doesNotContain(3);
        // χ² with two degrees of freedom exceeds 13.82 once in a thousand.
        assertThat(chiSquare(drawn, 1 / 8.0, 2 / 8.0, 5 / 8.0)).isLessThan(13.82);
    }

    @Test
    void integersAreEquallyLikely() {
        long[] drawn = longs(KEY.randomInts(TensorType.of(DType.I64, MANY), -2, 3));
        double[] even = {0.2, 0.2, 0.2, 0.2, 0.2};
        // χ² with four degrees of freedom exceeds 18.47 once in a thousand.
        assertThat(chiSquare(Arrays.stream(drawn).map(x -> x + 2).toArray(), even))
                .isLessThan(18.47);
        long[] wide = longs(KEY.randomInts(TensorType.of(DType.I64, MANY), Long.MIN_VALUE, Long.MAX_VALUE));
        long negative = Arrays.stream(wide).filter(x -> x < 0).count();
        assertThat(negative).isBetween(MANY / 2 - 300L, MANY / 2 + 300L);
    }

    @Test
    void everyOrderIsEquallyLikely() {
        long[] orders = IntStream.range(0, MANY)
                .mapToLong(i -> {
                    long[] order = longs(Array.key(Key.of(SEED).fold(i)).permutation(3));
                    return 2 * order[0] + (order[1] > order[2] ? 1 : 0);
                })
                .toArray();
        double[] even = {1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0};
        // χ² with five degrees of freedom exceeds 20.52 once in a thousand.
        assertThat(chiSquare(orders, even)).isLessThan(20.52);
        int[] outside = Key.of(SEED).permutation(50);
        assertThat(longs(KEY.permutation(50)))
                .containsExactly(Arrays.stream(outside).asLongStream().toArray());
    }

    @Test
    void choicesFollowTheirWeights() {
        long[] drawn = longs(KEY.choice(Array.of(1.0, 0, 3), MANY, Drawn.PUT_BACK));
        assertThat(drawn).doesNotContain(1);
        long[] firsts = Arrays.stream(drawn).map(x -> x / 2).toArray();
        // χ² with one degree of freedom exceeds 10.83 once in a thousand.
        assertThat(chiSquare(firsts, 0.25, 0.75)).isLessThan(10.83);
    }

    @Test
    void whatIsTakenOutIsNotDrawnAgain() {
        double[] p = {0.5, 0.3, 0.2};
        long[] pairs = IntStream.range(0, MANY)
                .mapToLong(i -> {
                    long[] two = longs(Array.key(Key.of(SEED).fold(i)).choice(Array.of(p), 2, Drawn.TAKEN_OUT));
                    return 3 * two[0] + two[1];
                })
                .toArray();
        double[] expected = new double[9];
        for (int first = 0; first < 3; first++) {
            for (int second = 0; second < 3; second++) {
                expected[3 * first + second] = first == second ? 1e-9 : p[first] * p[second] / (1 - p[first]);
            }
        }
        assertThat(pairs).doesNotContain(0, 4, 8);
        assertThat(chiSquare(pairs, expected)).isLessThan(20.52);
        assertThat(longs(KEY.choice(10, 10, Drawn.TAKEN_OUT))).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(longs(KEY.choice(3, 50, Drawn.PUT_BACK))).containsOnly(0, 1, 2);
    }

    @Test
    void whereNothingCanBeDrawnTheAnswerIsNoPlace() {
        assertThat(longs(KEY.choice(Array.of(0.0, 0), 2, Drawn.PUT_BACK))).containsOnly(-1);
        assertThat(longs(KEY.choice(Array.of(1.0, -1), 2, Drawn.TAKEN_OUT))).containsOnly(-1);
        assertThat(longs(KEY.choice(Array.of(1.0, 0), 2, Drawn.TAKEN_OUT))).containsExactly(0, -1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f32", "f64"})
    void theSameKeyGivesTheSameBitsForAnyPartOfTheWork(String name) {
        DType dtype = DType.parse(name);
        TensorType few = TensorType.of(dtype, 7);
        TensorType many = TensorType.of(dtype, 1000);
        List<Function<TensorType, Tensor>> laws = List.of(
                KEY::exponential,
                KEY::gumbel,
                type -> KEY.truncatedNormal(type, -1, 2),
                type -> KEY.gamma(Array.scalar(dtype, 0.7).broadcastTo(type.shape())));
        for (Function<TensorType, Tensor> law : laws) {
            double[] long1 = numbers(law.apply(many));
            assertThat(numbers(law.apply(many))).containsExactly(long1);
            assertThat(numbers(law.apply(few))).containsExactly(Arrays.copyOf(long1, 7));
            Executable compiled = Executable.compile(
                    Trace.of((Tensor) KEY, key -> law.apply(many)).graph());
            assertThat(numbers(compiled.run(List.of(KEY)).getFirst())).containsExactly(long1);
        }
    }

    @Test
    void everyExampleOfABatchHasAStreamOfItsOwn() {
        Array keys = Array.of(Key.of(1).bits(), Key.of(2).bits());
        Tensor together = vmap((Tensor key) -> key.gamma(Array.of(0.5, 2, 3))
                        .add(key.exponential(TensorType.of(DType.F64, 3)))
                        .add(key.permutation(3).to(DType.F64)))
                .apply(keys);
        for (int i = 0; i < 2; i++) {
            Array key = Array.key(Key.of(i + 1));
            Tensor own = key.gamma(Array.of(0.5, 2, 3))
                    .add(key.exponential(TensorType.of(DType.F64, 3)))
                    .add(key.permutation(3).to(DType.F64));
            assertThat(numbers(together.take(0, i))).containsExactly(numbers(own));
        }
    }

    @Test
    void scalesAreDifferentiableAndShapesAreRefused() {
        Array scale = Array.of(2.0, 3);
        Array shapes = Array.of(0.5, 1.5);
        Tensor gradient = grad((Tensor s) -> KEY.gamma(shapes).mul(s).sum()).apply(scale);
        assertThat(numbers(gradient)).containsExactly(numbers(KEY.gamma(shapes)));
        Function<Tensor, Tensor> byShape = a -> KEY.gamma(a).sum();
        String reason =
                "randomgamma has no derivative by its parameters, because numbers drawn by rejection jump where a"
                        + " proposal is refused; stop the gradient with parameter.stopGradient()";
        assertThatThrownBy(() -> grad(byShape).apply(shapes))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(reason);
        assertThatThrownBy(() -> jvp(byShape, (Tensor) shapes, (Tensor) shapes)).hasMessage(reason);
        Function<Tensor, Tensor> stopped =
                a -> KEY.gamma(a.stopGradient()).sum().add(a.sum());
        assertThat(numbers(grad(stopped).apply(shapes))).containsExactly(1, 1);
        Function<Tensor, Tensor> integers =
                a -> KEY.choice(a, 2, Drawn.PUT_BACK).to(DType.F64).sum().mul(a.sum());
        assertThat(numbers(grad(integers).apply(shapes))).satisfies(TestNumbers::finite);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> KEY.truncatedNormal(VECTOR, 1, 1))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a truncated normal law needs a lower bound below the upper, not 1.0 and 1.0");
        assertThatThrownBy(() -> KEY.truncatedNormal(VECTOR, 50, 51))
                .hasMessage("the normal law between 50.0 and 51.0 lies so far out that its probability is 0 in double"
                        + " precision");
        assertThatThrownBy(() -> KEY.exponential(TensorType.of(DType.I64, 2)))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage("randomexponential: i64[2]: the result must be of a floating type");
        assertThatThrownBy(() -> KEY.randomInts(TensorType.of(DType.I64, 2), 3, 3))
                .hasMessage("random integers need a lower bound below the upper, not 3 and 3");
        assertThatThrownBy(() -> KEY.randomInts(TensorType.of(DType.U8, 2), 0, 257))
                .hasMessage("integers from 0 to 256 do not fit u8");
        assertThatThrownBy(() -> KEY.randomInts(TensorType.of(DType.F32, 2), 0, 2))
                .hasMessage("randomints: f32[2]: the result must be of an integer type");
        assertThatThrownBy(() -> KEY.gamma(Array.of(1L)))
                .hasMessage("randomgamma: i64[] and i64[1]: parameters must be of a floating type; convert with"
                        + " x.to(DType.F32)");
        assertThatThrownBy(() -> Array.of(1L).gamma(Array.of(1.0)))
                .hasMessage("randomgamma: i64[1] and f64[1]: the first operand must be a key of type i64[]");
        assertThatThrownBy(() -> KEY.choice(Array.of(1.0, 2), 3, Drawn.TAKEN_OUT))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("randomchoice: i64[] and f64[2]: 3 places cannot be taken out of 2; put them back");
        assertThatThrownBy(() -> KEY.choice(2, 3, Drawn.TAKEN_OUT))
                .hasMessage("choice: 3 numbers cannot be taken out of 2; put them back");
        assertThatThrownBy(() -> KEY.dirichlet(Array.scalar(1.0)))
                .hasMessage("dirichlet: parameters must be […,K], not f64[]");
        assertThatThrownBy(() -> KEY.permutation(-1)).hasMessage("a permutation has at least 0 numbers, not -1");
    }
}
