package dev.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.nn.zoo.Models;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.Transformations;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final Pass USE = Pass.evaluation();

    private static Pass training(long seed) {
        return Pass.training(Array.key(Key.of(seed)));
    }

    @Test
    void linearIsAnAffineMap() {
        Linear layer = new Linear(Array.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}), Array.of(10f, 20f));
        Tensor y = layer.apply(Array.of(new float[][] {{1, 0, 2}}), USE);
        assertThat(y).isEqualTo(Array.of(new float[][] {{1 + 10 + 10, 2 + 12 + 20}}));
    }

    @Test
    void linearNamesTheAxesThatDoNotFit() {
        Linear layer = Linear.init(Key.of(1), 3, 2);
        assertThatThrownBy(() -> layer.apply(Array.zeros(DType.F32, 4, 5), USE))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining("matmul: f32[4,5] and f32[3,2]: columns of the left side (axis -1: 5)");
    }

    @Test
    void convolutionAddsABiasToEveryChannel() {
        Tensor kernel = Array.of(1f, 0f, 0f, 1f, 1f, 1f, 1f, 1f).reshape(2, 1, 2, 2);
        Conv2d layer = new Conv2d(kernel, Array.of(100f, 200f), Window.dense(2), 1);
        Tensor x = Array.of(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f).reshape(1, 1, 3, 3);
        float[] y = Array.of(layer.apply(x, USE)).toFloats();
        assertThat(y).containsExactly(106, 108, 112, 114, 212, 216, 224, 228);
    }

    @Test
    void poolingKeepsTheLargest() {
        Tensor x = Array.of(1f, 2f, 5f, 4f, 3f, 0f, -1f, 7f).reshape(1, 1, 2, 4);
        assertThat(MaxPool2d.of(2).apply(x, USE)).isEqualTo(Array.of(3f, 7f).reshape(1, 1, 1, 2));
    }

    @Test
    void dropoutScalesWhatItKeepsAndIsStillWhenUsed() {
        Dropout layer = new Dropout(0.25);
        Tensor x = Array.of(1f).broadcastTo(Shape.of(40, 500));
        float[] y = Array.of(layer.apply(x, training(3))).toFloats();
        int kept = 0;
        for (float number : y) {
            assertThat(number).isIn(0f, 1 / 0.75f);
            kept += number > 0 ? 1 : 0;
        }
        // 20,000 draws: the standard deviation of the share is 0.003
        assertThat(kept / 20_000.0).isBetween(0.735, 0.765);
        assertThat(layer.apply(x, training(3))).isEqualTo(layer.apply(x, training(3)));
        assertThat(layer.apply(x, training(3))).isNotEqualTo(layer.apply(x, training(4)));
        assertThat(layer.apply(x, USE)).isEqualTo(x);
    }

    @Test
    void twoDropoutsOfOnePassDiffer() {
        Pass pass = training(5);
        Tensor x = Array.of(1f).broadcastTo(Shape.of(100));
        assertThat(new Dropout(0.5).apply(x, pass)).isNotEqualTo(new Dropout(0.5).apply(x, pass));
    }

    @Test
    void aDropoutRateOfOneIsRefused() {
        assertThatThrownBy(() -> new Dropout(1))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a dropout rate lies between 0 and below 1, not at 1.0");
    }

    @Test
    void initialWeightsHaveTheVarianceOfTheirPapers() {
        assertThat(variance(Init.heNormal(Key.of(7), 50, 200, 100))).isBetween(0.038, 0.042);
        Array glorot = Init.glorotUniform(Key.of(8), 30, 70, 100, 200);
        assertThat(variance(glorot)).isBetween(0.0192, 0.0208);
        for (float weight : glorot.toFloats()) {
            assertThat(Math.abs(weight)).isLessThanOrEqualTo((float) Math.sqrt(6.0 / 100));
        }
    }

    private static double variance(Array weights) {
        double sum = 0;
        double squares = 0;
        for (double w : weights.toDoubles()) {
            sum += w;
            squares += w * w;
        }
        double n = weights.shape().count();
        return squares / n - (sum / n) * (sum / n);
    }

    @Test
    void aModelIsATreeOfNamedWeightsAndSoIsItsGradient() {
        Sequential model = Models.LENET.init(Key.of(1), Shape.of(1, 8, 8), 10);
        assertThat(Tree.paths(model).keySet())
                .containsExactly(
                        "layers.conv1.weight",
                        "layers.conv1.bias",
                        "layers.conv2.weight",
                        "layers.conv2.bias",
                        "layers.hidden.weight",
                        "layers.hidden.bias",
                        "layers.readout.weight",
                        "layers.readout.bias");
        Tensor x = Array.of(0.5f).broadcastTo(Shape.of(2, 1, 8, 8));
        Sequential gradient = Transformations.<Sequential>grad(
                        m -> m.apply(x, USE).square().sum())
                .apply(model);
        assertThat(Tree.leaves(gradient))
                .extracting(Tensor::type)
                .isEqualTo(Tree.leaves(model).stream().map(Tensor::type).toList());
    }

    @Test
    void everyModelScoresEveryClass() {
        for (Models model : Models.values()) {
            Sequential network = model.init(Key.of(1), Shape.of(1, 64, 64), 7);
            Summary summary = Summary.of(network, TensorType.of(DType.F32, 3, 1, 64, 64));
            assertThat(summary.rows().getLast().output()).as(model.label()).isEqualTo(TensorType.of(DType.F32, 3, 7));
            assertThat(Models.named(model.label())).contains(model);
        }
        assertThat(Models.named("nothing")).isEmpty();
        assertThatThrownBy(() -> Models.LENET.init(Key.of(1), Shape.of(13), 3))
                .hasMessage("model lenet takes examples [channels,height,width] of at least 4×4, not [13]");
    }

    @Test
    void aNameIsGivenOnce() {
        assertThatThrownBy(() -> Sequential.empty().then("a", new Flatten()).then("a", new Flatten()))
                .hasMessage("a layer called 'a' is there already");
    }
}
