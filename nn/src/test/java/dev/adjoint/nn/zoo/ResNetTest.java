package dev.adjoint.nn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.Summary;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResNetTest {
    private static final Shape IMAGE = Shape.of(3, 224, 224);

    private static long weights(ResNet net) {
        return Summary.weights(net.init(Key.of(1), IMAGE, 1000));
    }

    @Test
    void asManyWeightsAsPublished() {
        assertThat(weights(ResNet.resnet18())).isEqualTo(11_689_512);
        assertThat(weights(ResNet.resnet34())).isEqualTo(21_797_672);
        assertThat(weights(ResNet.resnet50())).isEqualTo(25_557_032);
    }

    @Test
    void stagesHalveTheImageAndDoubleTheChannels() {
        Sequential net = ResNet.resnet18().init(Key.of(1), IMAGE, 1000);
        var rows = Summary.of(net, TensorType.of(DType.F32, 2, 3, 224, 224)).rows();
        assertThat(output(rows, "stempool")).isEqualTo(Shape.of(2, 64, 56, 56));
        assertThat(output(rows, "stage1block2relu")).isEqualTo(Shape.of(2, 64, 56, 56));
        assertThat(output(rows, "stage2block2relu")).isEqualTo(Shape.of(2, 128, 28, 28));
        assertThat(output(rows, "stage4block2relu")).isEqualTo(Shape.of(2, 512, 7, 7));
        assertThat(output(rows, "readout")).isEqualTo(Shape.of(2, 1000));
    }

    private static Shape output(List<Summary.Row> rows, String name) {
        return rows.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow()
                .output()
                .shape();
    }

    @Test
    void smallImagesKeepTheirSizeInTheStem() {
        ResNet small = ResNet.resnet18().forSmallImages().withWidth(4);
        Sequential net = small.init(Key.of(1), Shape.of(1, 8, 8), 10);
        Tensor scores = net.apply(Array.zeros(DType.F32, 2, 1, 8, 8), Pass.evaluation());
        assertThat(scores.shape()).isEqualTo(Shape.of(2, 10));
    }

    @Test
    void examplesAreImages() {
        assertThatThrownBy(() -> ResNet.resnet18().init(Key.of(1), Shape.of(13), 3))
                .hasMessage("a residual network takes examples [channels,height,width] of at least 1×1, not [13]");
    }
}
