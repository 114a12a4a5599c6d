package dev.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.Transformations;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class MoreLayersTest {
    private static final Pass USE = Pass.evaluation();

    private static Pass training() {
        return Pass.training(Array.key(Key.of(4)));
    }

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    private static void close(Tensor actual, double... expected) {
        assertThat(numbers(actual)).usingComparatorWithPrecision(1e-5).containsExactly(expected);
    }

    @Test
    void normsHaveZeroMeanAndUnitVarianceWhereTheySay() {
        Tensor x = Init.uniform(Key.of(1), -2, 5, 3, 4, 2, 5).to(DType.F64);
        standard(new GroupNorm(2, Init.ones(4), Init.zeros(4), 1e-12), x, 20);
        standard(new InstanceNorm(Init.ones(4), Init.zeros(4), 1e-12), x, 10);
        standard(new LayerNorm(Init.ones(2, 5), Init.zeros(2, 5), 1e-12), x, 10);
        standard(new LayerNorm(Init.ones(5), Init.zeros(5), 1e-12), x, 5);
        standard(BatchNorm.init(1), x.reshape(-1, 1), 120);
    }

    /// Numbers that lie beside each other in groups.
    private static void standard(Layer layer, Tensor x, int group) {
        double[] y = numbers(wide(layer).apply(x, training()));
        for (int start = 0; start < y.length; start += group) {
            double[] part = java.util.Arrays.copyOfRange(y, start, start + group);
            assertThat(DoubleStream.of(part).average().orElseThrow()).isCloseTo(0, within(1e-9));
            assertThat(DoubleStream.of(part).map(v -> v * v).average().orElseThrow())
                    .isCloseTo(1, within(1e-5));
        }
    }

    private static <L> L wide(L layer) {
        return Tree.map(layer, w -> w.to(DType.F64));
    }

    @Test
    void weightsOfNormsScaleAndShift() {
        LayerNorm layer = new LayerNorm(Array.of(2.0, 3.0), Array.of(10.0, 20.0), 1e-12);
        close(layer.apply(Array.of(new double[][] {{-1, 1}}), USE), -2 + 10, 3 + 20);
        RmsNorm rms = new RmsNorm(Array.of(2.0, 1.0), 1e-12);
        double root = Math.sqrt((9 + 16) / 2.0);
        close(rms.apply(Array.of(new double[][] {{3, -4}}), USE), 2 * 3 / root, -4 / root);
        Tensor x = Array.of(new double[][] {{1, 2, 3}});
        LocalResponseNorm local = new LocalResponseNorm(3, 0.3, 0.75, 2);
        close(
                local.apply(x, USE),
                1 / Math.pow(2 + 0.1 * (1 + 4), 0.75),
                2 / Math.pow(2 + 0.1 * (1 + 4 + 9), 0.75),
                3 / Math.pow(2 + 0.1 * (4 + 9), 0.75));
    }

    private static void function(Layer layer, DoubleUnaryOperator f) {
        double[] at = {-3.5, -2, -0.7, 0.3, 1, 2.5, 7};
        double[] y = numbers(layer.apply(Array.of(at), USE));
        for (int i = 0; i < at.length; i++) {
            assertThat(y[i]).as("%s at %s", layer, at[i]).isCloseTo(f.applyAsDouble(at[i]), within(1e-9));
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double between(double x, double low, double high) {
        return Math.min(Math.max(x, low), high);
    }

    @Test
    void activationsAreTheirFormulas() {
        function(Activation.relu(), x -> Math.max(x, 0));
        function(Activation.leakyRelu(0.1), x -> x > 0 ? x : 0.1 * x);
        function(Activation.elu(2), x -> x > 0 ? x : 2 * Math.expm1(x));
        function(Activation.tanh(), Math::tanh);
        function(Activation.sigmoid(), MoreLayersTest::sigmoid);
        function(Activation.silu(), x -> x * sigmoid(x));
        function(Activation.softplus(), x -> Math.log1p(Math.exp(x)));
        function(Activation.clamp(-1, 2), x -> between(x, -1, 2));
        function(Nonlinearity.MISH, x -> x * Math.tanh(Math.log1p(Math.exp(x))));
        function(Nonlinearity.SOFTSIGN, x -> x / (1 + Math.abs(x)));
        function(Nonlinearity.LOG_SIGMOID, x -> Math.log(sigmoid(x)));
        function(Nonlinearity.RELU6, x -> between(x, 0, 6));
        function(Nonlinearity.HARD_SIGMOID, x -> between(x / 6 + 0.5, 0, 1));
        function(Nonlinearity.HARD_SWISH, x -> x * between(x / 6 + 0.5, 0, 1));
        function(Nonlinearity.HARD_TANH, x -> between(x, -1, 1));
        function(Nonlinearity.CELU, x -> x > 0 ? x : Math.expm1(x));
        function(Nonlinearity.SELU, x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)));
        function(Nonlinearity.TANH_SHRINK, x -> x - Math.tanh(x));
        function(Shrinkage.hard(0.7), x -> Math.abs(x) > 0.7 ? x : 0);
        function(Shrinkage.soft(0.5), x -> Math.signum(x) * Math.max(Math.abs(x) - 0.5, 0));
        double a = Math.sqrt(2 / Math.PI);
        function(Nonlinearity.GELU_TANH, x -> x / 2 * (1 + Math.tanh(a * (x + 0.044715 * x * x * x))));
        // Φ(1) = 0.8413447460685429
        close(Nonlinearity.GELU.apply(Array.of(1.0), USE), 0.8413447460685429);
        close(Nonlinearity.SOFTMAX.apply(Array.of(0, Math.log(3)), USE), 0.25, 0.75);
        close(Nonlinearity.LOG_SOFTMAX.apply(Array.of(0, Math.log(3)), USE), Math.log(0.25), Math.log(0.75));
        close(Nonlinearity.SOFTMIN.apply(Array.of(0, Math.log(3)), USE), 0.75, 0.25);
    }

    @Test
    void oneHalfLetsTheOtherThrough() {
        Tensor x = Array.of(new double[][] {{3, -4, 0, Math.log(3)}});
        close(GatedLinearUnit.sigmoid().apply(x, USE), 1.5, -3);
        close(new GatedLinearUnit(Activation.relu()).apply(x, USE), 0, -4 * Math.log(3));
        assertThatThrownBy(() -> GatedLinearUnit.sigmoid().apply(Array.of(1f, 2f, 3f), USE))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a gated linear unit halves the last axis, so it needs an even width, not f32[3]");
        assertThatThrownBy(() -> Shrinkage.soft(-1)).hasMessage("a shrinkage has a threshold of at least 0, not -1.0");
    }

    @Test
    void theSlopeOfARampIsLearnedForEveryChannel() {
        PRelu layer = new PRelu(Array.of(0.5, 0.1));
        Tensor x = Array.of(-2.0, 3, -4, 5).reshape(1, 2, 2);
        close(layer.apply(x, USE), -1, 3, -0.4, 5);
        close(new PRelu(Array.of(0.5)).apply(x, USE), -1, 3, -2, 5);
        PRelu gradient = Transformations.<PRelu>grad(p -> p.apply(x, USE).sum()).apply(layer);
        close(gradient.slope(), -2, -4);
    }

    @Test
    void aBilinearFormIsItsSum() {
        Tensor weight = Array.of(1.0, 2, 3, 4, 5, 6, -1, 0, 1, 0, 2, 0).reshape(2, 2, 3);
        Bilinear form = new Bilinear(weight, Array.of(10.0, 20.0));
        Tensor left = Array.of(new double[][] {{1, 2}});
        Tensor right = Array.of(new double[][] {{1, 0, -1}});
        // First: (1 − 3) + 2·(4 − 6), second: (−1 − 1) + 2·0.
        close(form.apply(left, right), 10 - 2 - 4, 20 - 2);
        assertThatThrownBy(() -> form.apply(right, left))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining(
                        "bilinear: f64[1,3] and f64[1,2] and f64[2,2,3]: l […,left] and r […,right] need");
    }

    @Test
    void poolsAverage() {
        Tensor x = Array.of(1.0, 2, 5, 4, 3, 0, -1, 8).reshape(1, 1, 2, 4);
        close(AveragePool2d.of(2).apply(x, USE), 6 / 4.0, 16 / 4.0);
        close(AveragePool2d.of(2, Window.dense(2)).apply(x, USE), 6 / 4.0, 6 / 4.0, 16 / 4.0);
        close(new GlobalAveragePool().apply(x, USE), 22 / 8.0);
        assertThatThrownBy(() -> new GlobalAveragePool().apply(Array.of(1.0), USE))
                .hasMessageContaining("globalaveragepool: f64[1]: x must be [N,C,…] with at least one axis inside");
    }

    @Test
    void embeddingsAreRows() {
        Embedding layer = new Embedding(Array.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        close(layer.apply(Array.of(2, 0), USE), 5, 6, 1, 2);
        close(layer.scores(Array.of(new double[][] {{1, -1}})), -1, -1, -1);
        assertThatThrownBy(() -> layer.apply(Array.of(1f), USE))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("an embedding takes integers, the numbers of the rows of its table, not f32[1]");
    }

    @Test
    void wholeChannelsAndExamplesAreDropped() {
        Tensor ones = Array.of(1.0).broadcastTo(Shape.of(50, 20, 6));
        constantIn(new SpatialDropout(0.5).apply(ones, training()), 6);
        constantIn(new DropPath(0.5).apply(ones, training()), 120);
        assertThat(new SpatialDropout(0.5).apply(ones, USE)).isSameAs(ones);
        assertThat(new DropPath(0.5).apply(ones, USE)).isSameAs(ones);
        assertThat(new AlphaDropout(0.5).apply(ones, USE)).isSameAs(ones);
        double[] normal = numbers(new AlphaDropout(0.3).apply(Init.normal(Key.of(2), 1, 40_000), training()));
        assertThat(DoubleStream.of(normal).average().orElseThrow()).isCloseTo(0, within(0.03));
        assertThat(DoubleStream.of(normal).map(v -> v * v).average().orElseThrow())
                .isCloseTo(1, within(0.04));
    }

    private static void constantIn(Tensor y, int group) {
        double[] numbers = numbers(y);
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            assertThat(numbers[i]).isEqualTo(numbers[i / group * group]).isIn(0.0, 2.0);
            sum += numbers[i];
        }
        // 50 groups at least: the standard deviation of the mean is 0.14 at most.
        assertThat(sum / numbers.length).isCloseTo(1, within(0.5));
    }

    @Test
    void layersStandBesideEachOther() {
        Parallel both =
                Parallel.of(-1, "double", new Lambda("double", x -> x.mul(2))).beside("same", Sequential.empty());
        close(both.apply(Array.of(new double[][] {{1, 2}}), USE), 2, 4, 1, 2);
        assertThatThrownBy(() -> both.beside("same", new Flatten()))
                .hasMessage("a branch called 'same' is there already");
        assertThatThrownBy(() -> new Parallel(Map.of(), 1)).hasMessage("parallel layers are at least one");
    }

    @Test
    void residualsAddTheirInput() {
        close(Residual.of(new Lambda("triple", x -> x.mul(3))).apply(Array.of(1.0, 2), USE), 4, 8);
    }

    @Test
    void aLayerThatIsEvaluatedStandsStillInTraining() {
        BatchNorm norm = BatchNorm.init(2);
        Pass pass = training();
        Tensor x = Array.of(new float[][] {{1, 2}, {3, 4}});
        Layer still = new Evaluated(Sequential.empty().then("norm", norm).then("dropout", new Dropout(0.5)));
        assertThat(still.apply(x, pass)).isEqualTo(norm.apply(x, USE));
        assertThat(pass.replacements(still)).isEmpty();
    }

    private record Trained(Tensor y, Sequential gradient, Sequential next) {
        static Trained of(Sequential model, Layer asUsed, Tensor x) {
            Pass pass = training();
            Tensor y = asUsed.apply(x, pass);
            Sequential gradient = Transformations.<Sequential>grad(m -> {
                        Layer layer = asUsed instanceof Recomputed ? new Recomputed(m) : m;
                        return layer.apply(x, training()).square().sum();
                    })
                    .apply(model);
            return new Trained(y, gradient, pass.replaced(model));
        }
    }

    @Test
    void whatIsRecomputedIsTheSame() {
        Sequential model = Sequential.empty()
                .then("affine", Linear.init(Key.of(1), 3, 4))
                .then("norm", BatchNorm.init(4))
                .then("tanh", Activation.tanh());
        Tensor x = Init.normal(Key.of(2), 1, 5, 3);
        Trained plain = Trained.of(model, model, x);
        Trained again = Trained.of(model, new Recomputed(model), x);
        close(again.y, plain.y);
        Tree.paths(plain.gradient)
                .forEach((path, slope) -> close(Tree.paths(again.gradient).get(path), slope));
        Tree.paths(plain.next)
                .forEach((path, next) -> close(Tree.paths(again.next).get(path), next));
        assertThat(Tree.leaves(again.next)).isNotEqualTo(Tree.leaves(model));
    }

    private static void close(Tensor actual, Tensor expected) {
        close(actual, numbers(expected));
    }

    @Test
    void oneRecordUsedTwiceIsOneSetOfWeights() {
        record Twice(Linear layer) {
            Tensor apply(Tensor x) {
                return layer.apply(layer.apply(x, USE), USE);
            }
        }
        Linear layer = new Linear(Array.of(new double[][] {{3}}), Array.of(1.0));
        assertThat(Summary.weights(layer)).isEqualTo(2);
        Tensor x = Array.of(new double[][] {{5}});
        // y = w²x + wb + b: ∂y/∂w = 2wx + b, ∂y/∂b = w + 1.
        Linear gradient = Transformations.<Linear>grad(
                        shared -> new Twice(shared).apply(x).sum())
                .apply(layer);
        close(gradient.weight(), 2 * 3 * 5 + 1);
        close(gradient.bias().orElseThrow(), 3 + 1);
    }

    /// y = w·ramp(w·x + b) + b: with both numbers positive ∂y/∂w = 2wx + b and ∂y/∂b = w + 1.
    @Test
    void oneRecordInTwoPlacesOfASequenceIsOneSetOfWeights() {
        Linear layer = new Linear(Array.of(new double[][] {{3}}), Array.of(1.0));
        Sequential model = Sequential.empty()
                .then("once", layer)
                .then("ramp", Activation.relu())
                .then("twice", layer);
        assertThat(Tree.paths(model)).containsOnlyKeys("layers.once.weight", "layers.once.bias");
        assertThat(model.layer("twice")).isSameAs(layer);
        Tensor x = Array.of(new double[][] {{5}});
        close(model.apply(x, USE), 3 * (3 * 5 + 1) + 1);
        Sequential gradient =
                Transformations.<Sequential>grad(m -> m.apply(x, USE).sum()).apply(model);
        close(((Linear) gradient.layer("once")).weight(), 2 * 3 * 5 + 1);
        close(((Linear) gradient.layer("once")).bias().orElseThrow(), 3 + 1);
        Summary summary = Summary.of(model, x.type());
        assertThat(summary.rows()).extracting(Summary.Row::weights).containsExactly(2L, 0L, 0L);
        assertThat(summary.rows()).extracting(Summary.Row::layer).containsExactly("Linear", "Activation", "Linear");
        assertThatThrownBy(() -> new Sequential.Again("once").apply(x, USE))
                .hasMessage("'once' is used again, which only the sequence that holds it can do");
        assertThat(Sequential.empty()
                        .then("one", Activation.relu())
                        .then("two", Activation.relu())
                        .layers()
                        .values())
                .containsOnly(Activation.relu());
    }

    @Test
    void aLayerIsReplacedByName() {
        Sequential model = Sequential.empty().then("body", new Flatten()).then("head", new Dropout(0.5));
        assertThat(model.with("head", new Flatten()).layers()).containsEntry("head", new Flatten());
        assertThatThrownBy(() -> model.with("tail", new Flatten()))
                .hasMessage("no layer is called 'tail'; there are body, head");
    }

    @Test
    void groupsConvolveTheirChannelsAlone() {
        Conv2d layer = Conv2d.grouped(Key.of(1), Conv2d.Size.square(2, 2, 1), Window.dense(2), 2);
        assertThat(layer.weight().shape()).isEqualTo(Shape.of(2, 1, 1, 1));
        double[] w = numbers(layer.weight());
        double[] y = numbers(layer.unbiased().apply(Array.of(2f, 3f).reshape(1, 2, 1, 1), USE));
        assertThat(y).usingComparatorWithPrecision(1e-6).containsExactly(2 * w[0], 3 * w[1]);
        assertThatThrownBy(() -> Conv2d.grouped(Key.of(1), Conv2d.Size.square(3, 2, 1), Window.dense(2), 2))
                .hasMessage("conv2d: 2 groups must divide the channels, 3 in and 2 out");
    }
}
