package dev.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.nn.zoo.Models;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void countsTheWeightsOfEveryLayer() {
        Sequential network = Models.MLP.init(Key.of(1), Shape.of(1, 8, 8), 10);
        Summary summary = Summary.of(network, TensorType.of(DType.F32, 32, 1, 8, 8));
        assertThat(summary.rows())
                .containsExactly(
                        new Summary.Row("flatten", "Flatten", TensorType.of(DType.F32, 32, 64), 0),
                        new Summary.Row("hidden", "Linear", TensorType.of(DType.F32, 32, 64), 64 * 64 + 64),
                        new Summary.Row("activation", "Activation", TensorType.of(DType.F32, 32, 64), 0),
                        new Summary.Row("readout", "Linear", TensorType.of(DType.F32, 32, 10), 64 * 10 + 10));
        assertThat(Summary.weights(network)).isEqualTo(64 * 64 + 64 + 64 * 10 + 10);
    }
}
