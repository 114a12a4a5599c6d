package dev.adjoint.run;

import static dev.adjoint.run.TestNumbers.normal;
import static dev.adjoint.run.TestNumbers.numbers;
import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.composite.LayerNorm;
import dev.adjoint.op.composite.Standardize;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.BatchNormalized;
import dev.adjoint.tensor.ChannelStatistics;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// Normalisations against their definitions in plain loops.
class NormalisationsTest {
    private static final double EPSILON = 1e-3;

    private static void close(Tensor found, double... expected) {
        double[] numbers = numbers(found);
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i]).as("element %d", i).isCloseTo(expected[i], within(1e-12));
        }
    }

    /// Every element against mean and variance of the elements of its group.
    private static double[] standard(double[] x, IntUnaryOperator group) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int own = group.applyAsInt(i);
            IntPredicate same = j -> group.applyAsInt(j) == own;
            double count = 0;
            double sum = 0;
            for (int j = 0; j < x.length; j++) {
                count += same.test(j) ? 1 : 0;
                sum += same.test(j) ? x[j] : 0;
            }
            double mean = sum / count;
            double squares = 0;
            for (int j = 0; j < x.length; j++) {
                squares += same.test(j) ? (x[j] - mean) * (x[j] - mean) : 0;
            }
            y[i] = (x[i] - mean) / Math.sqrt(squares / count + EPSILON);
        }
        return y;
    }

    private static double[] affine(double[] y, double[] weight, double[] bias, IntUnaryOperator place) {
        double[] z = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            z[i] = y[i] * weight[place.applyAsInt(i)] + bias[place.applyAsInt(i)];
        }
        return z;
    }

    @Test
    void layerNormIsOverTheAxesOfItsWeight() {
        Array x = normal(1, 3, 2, 4);
        Array weight = normal(2, 2, 4);
        Array bias = normal(3, 2, 4);
        double[] expected = affine(standard(numbers(x), i -> i / 8), numbers(weight), numbers(bias), i -> i % 8);
        close(x.layerNorm(weight, bias, EPSILON), expected);
    }

    /// ∂yⱼ/∂xᵢ = γⱼ·((i = j) − 1/n − ŷᵢ·ŷⱼ/n)/√(σ² + ε) within a row, summed as it stands.
    @Test
    void layerNormHasTheCotangentsOfItsJacobian() {
        Array x = normal(1, 3, 5);
        Array weight = normal(2, 5);
        Array ct = normal(3, 3, 5);
        double[] y = standard(numbers(x), i -> i / 5);
        double[] dx = new double[15];
        double[] ofWeight = new double[5];
        double[] ofBias = new double[5];
        for (int i = 0; i < 15; i++) {
            int row = i / 5 * 5;
            int other = row + (i + 1) % 5;
            double scale = (y[i] - y[other]) / (numbers(x)[i] - numbers(x)[other]);
            for (int j = row; j < row + 5; j++) {
                double slope = (i == j ? 1 : 0) - (1 + y[i] * y[j]) / 5;
                dx[i] += numbers(ct)[j] * numbers(weight)[j % 5] * slope * scale;
            }
            ofWeight[i % 5] += numbers(ct)[i] * y[i];
            ofBias[i % 5] += numbers(ct)[i];
        }
        List<Tensor> found = x.layerNormGradient(weight, ct, EPSILON);
        close(found.get(0), dx);
        close(found.get(1), ofWeight);
        close(found.get(2), ofBias);
        Tensor gradient = grad((Tensor z) ->
                        z.layerNorm(weight, weight, EPSILON).mul(ct).sum())
                .apply(x);
        close(gradient, dx);
    }

    @Test
    void aBatchOfExamplesStaysWhole() {
        Array x = normal(1, 3, 4, 5);
        Array weight = normal(2, 5);
        Function<Tensor, Tensor> one = row -> row.layerNorm(weight, weight, EPSILON);
        Function<Tensor, Tensor> gradient =
                grad((Tensor row) -> one.apply(row).sin().sum());
        for (Function<Tensor, Tensor> f : List.of(one, gradient)) {
            Graph graph =
                    Trace.of(x, (Tensor examples) -> vmap(f).apply(examples)).graph();
            assertThat(graph.calls().stream().map(Value::op))
                    .contains(new LayerNorm(EPSILON))
                    .doesNotHaveAnyElementsOfTypes(Standardize.class);
            close(vmap(f).apply(x), numbers(f.apply(x)));
        }
    }

    @Test
    void groupNormIsOverTheChannelsOfAGroup() {
        Array x = normal(1, 2, 6, 3);
        Array weight = normal(2, 6);
        Array bias = normal(3, 6);
        double[] expected = affine(standard(numbers(x), i -> i / 6), numbers(weight), numbers(bias), i -> i / 3 % 6);
        close(x.groupNorm(3, weight, bias, EPSILON), expected);
    }

    @Test
    void instanceNormIsOverEveryChannelByItself() {
        Array x = normal(1, 2, 3, 2, 2);
        Array weight = normal(2, 3);
        Array bias = normal(3, 3);
        double[] expected = affine(standard(numbers(x), i -> i / 4), numbers(weight), numbers(bias), i -> i / 4 % 3);
        close(x.instanceNorm(weight, bias, EPSILON), expected);
    }

    @Test
    void rmsNormDividesByTheRootOfTheMeanSquare() {
        Array x = Array.of(new double[][] {{3, 4}, {0, 0}});
        Array weight = Array.of(2.0, 1);
        double root = Math.sqrt(12.5 + EPSILON);
        close(x.rmsNorm(weight, EPSILON), 6 / root, 4 / root, 0, 0);
    }

    @Test
    void batchNormTakesTheStatisticsOfTheBatch() {
        Array x = normal(1, 4, 2, 3);
        Array weight = normal(2, 2);
        Array bias = normal(3, 2);
        BatchNormalized y = x.batchNorm(weight, bias, EPSILON);
        double[] expected =
                affine(standard(numbers(x), i -> i / 3 % 2), numbers(weight), numbers(bias), i -> i / 3 % 2);
        close(y.result(), expected);
        double[] mean = new double[2];
        double[] squares = new double[2];
        for (int i = 0; i < 24; i++) {
            mean[i / 3 % 2] += numbers(x)[i] / 12;
        }
        for (int i = 0; i < 24; i++) {
            squares[i / 3 % 2] += Math.pow(numbers(x)[i] - mean[i / 3 % 2], 2);
        }
        close(y.biased().mean(), mean);
        close(y.biased().variance(), squares[0] / 12, squares[1] / 12);
        close(y.unbiased().variance(), squares[0] / 11, squares[1] / 11);
    }

    @Test
    void runningStatisticsMoveAsPyTorchMovesThem() {
        ChannelStatistics running = new ChannelStatistics(Array.of(0.0), Array.of(1.0));
        Array x = Array.of(new double[][] {{1}, {3}});
        ChannelStatistics next = running.towards(
                x.batchNorm(Array.of(1.0), Array.of(0.0), EPSILON).unbiased(), 0.1);
        close(next.mean(), 0.2);
        close(next.variance(), 0.9 + 0.1 * 2);
        assertThatThrownBy(() -> running.towards(running, 1.5))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a momentum of statistics lies between 0 and 1, not at 1.5");
    }

    @Test
    void batchNormUsesGivenStatistics() {
        Array x = Array.of(new double[][] {{1, 10}, {3, 30}});
        ChannelStatistics known = new ChannelStatistics(Array.of(2.0, 20), Array.of(4.0 - EPSILON, 100 - EPSILON));
        close(x.batchNorm(known, Array.of(1.0, 2), Array.of(0.0, 5), EPSILON), -0.5, 3, 0.5, 7);
    }

    @Test
    void localResponseNormSumsOverNeighbouringChannels() {
        int size = 4;
        Array x = normal(1, 2, 5, 3);
        double[] numbers = numbers(x);
        double[] expected = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            int channel = i / 3 % 5;
            double sum = 0;
            for (int c = Math.max(0, channel - size / 2); c <= Math.min(4, channel + (size - 1) / 2); c++) {
                double neighbour = numbers[i + (c - channel) * 3];
                sum += neighbour * neighbour;
            }
            expected[i] = numbers[i] / Math.pow(2 + 0.3 * sum / size, 0.75);
        }
        close(x.localResponseNorm(size, 0.3, 0.75, 2), expected);
    }

    @Test
    void equalNumbersHaveFiniteDerivatives() {
        Array x = Array.of(2.0, 2, 2);
        Tensor gradient = grad((Tensor z) ->
                        z.standardize(Axes.all(), 1e-5).square().sum())
                .apply(x);
        assertThat(numbers(gradient)).containsExactly(0, 0, 0);
    }

    @Test
    void aLargeMeanCostsNoDigits() {
        double[] small = numbers(Array.of(1.0, 2, 3, 4).standardize(Axes.all(), EPSILON));
        double[] large = numbers(Array.of(1e8 + 1, 1e8 + 2, 1e8 + 3, 1e8 + 4).standardize(Axes.all(), EPSILON));
        assertThat(large).containsExactly(small);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Array x = normal(1, 2, 6, 3);
        Array six = normal(2, 6);
        Array four = normal(2, 4);
        assertThatThrownBy(() -> x.layerNorm(four, four, EPSILON))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage(
                        "layernorm: f64[2,6,3] and f64[4] and f64[4]: weights must have the shape of the last axes of x,"
                                + " at least one of them");
        assertThatThrownBy(() -> x.layerNormGradient(normal(2, 3), six, EPSILON))
                .hasMessage(
                        "layernormgradient: f64[2,6,3] and f64[3] and f64[6]: the cotangent must be of type f64[2,6,3]");
        assertThatThrownBy(() -> x.layerNormGradient(four, x, EPSILON))
                .hasMessage(
                        "layernormgradient: f64[2,6,3] and f64[4] and f64[2,6,3]: weights must have the shape of the"
                                + " last axes of x, at least one of them");
        assertThatThrownBy(() -> x.groupNorm(4, six, six, EPSILON))
                .hasMessage("groupnorm: f64[2,6,3] and f64[6] and f64[6]: 6 channels cannot be divided into 4 groups of"
                        + " equal size");
        assertThatThrownBy(() -> x.groupNorm(0, six, six, EPSILON))
                .hasMessage("groupnorm: there is at least 1 group, not 0");
        assertThatThrownBy(() -> x.groupNorm(2, four, six, EPSILON))
                .hasMessage(
                        "groupnorm: f64[2,6,3] and f64[4] and f64[6]: x must be [N,C,…] and all others [C], one for each"
                                + " channel");
        assertThatThrownBy(() -> normal(1, 2, 6).instanceNorm(six, six, EPSILON))
                .hasMessage("instancenorm: f64[2,6]: x must be [N,C,…] with at least one axis inside");
        assertThatThrownBy(() -> normal(1, 1, 6).batchNorm(six, six, EPSILON))
                .hasMessage(
                        "batchnormtraining: f64[1,6] and f64[6] and f64[6]: every channel needs at least two numbers to"
                                + " have a variance; use a larger batch, or evaluation");
        assertThatThrownBy(() -> x.standardize(Axes.all(), 0))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("standardize: epsilon must be above 0, not 0.0");
        assertThatThrownBy(() -> x.rmsNorm(Array.zeros(DType.F32, 3), EPSILON))
                .hasMessage(
                        "rmsnorm: f64[2,6,3] and f32[3]: element types must be equal; convert one side, for instance"
                                + " x.to(DType.F64)");
        assertThatThrownBy(() -> x.localResponseNorm(0, 1, 1, 1))
                .hasMessage("localresponsenorm: there is at least 1 channel to sum over, not 0");
        assertThatThrownBy(() -> Array.of(1.0).localResponseNorm(2, 1, 1, 1))
                .hasMessage("localresponsenorm: f64[1]: x must be [N,C,…]: axis 1 counts the channels");
    }
}
