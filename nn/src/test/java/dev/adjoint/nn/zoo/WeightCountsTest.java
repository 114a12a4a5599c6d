package dev.adjoint.nn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.nn.Summary;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import org.junit.jupiter.api.Test;

/// How many weights networks have, against what their papers and libraries say. Only types are made.
final class WeightCountsTest {
    private static final Shape IMAGE = Shape.of(3, 224, 224);

    private static long weights(Architecture architecture) {
        return Summary.weights(architecture.init(Key.of(1), IMAGE, 1000));
    }

    @Test
    void networksOfImages() {
        assertThat(weights(AlexNet.usual())).isEqualTo(61_100_840);
        assertThat(weights(Vgg.vgg11())).isEqualTo(132_863_336);
        assertThat(weights(Vgg.vgg16())).isEqualTo(138_357_544);
        assertThat(weights(GoogLeNet.usual())).isEqualTo(6_998_552);
        assertThat(weights(Models.RESNET18)).isEqualTo(11_689_512);
        assertThat(Summary.weights(LeNet.classic().init(Key.of(1), Shape.of(1, 28, 28), 10)))
                .isEqualTo(61_706);
    }

    @Test
    void languageModels() {
        assertThat(Summary.weights(Gpt.init(Key.of(1), GptOptions.gpt2()))).isEqualTo(124_439_808);
        var untied = new GptOptions(1, 2, 8, 4, 10, GptOptions.Head.UNTIED, 0);
        var tied = new GptOptions(1, 2, 8, 4, 10, GptOptions.Head.TIED, 0);
        assertThat(Summary.weights(Gpt.init(Key.of(1), untied)))
                .isEqualTo(Summary.weights(Gpt.init(Key.of(1), tied)) + 8 * 10);
        var characters = CharacterModel.lstm(Key.of(1), new CharacterModel.Size(5, 4, 2));
        assertThat(Summary.weights(characters)).isEqualTo(5 * 4 + 2 * 4 * 4 * (4 + 4 + 1) + 4 * 5 + 5);
    }

    @Test
    void perceptronsOfAnyWidths() {
        assertThat(Summary.weights(Mlp.of(7, 5).init(Key.of(1), Shape.of(2, 3), 4)))
                .isEqualTo((6 * 7 + 7) + (7 * 5 + 5) + (5 * 4 + 4));
        assertThat(Summary.weights(Mlp.of().init(Key.of(1), Shape.of(6), 4))).isEqualTo(6 * 4 + 4);
    }

    @Test
    void examplesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Vgg.vgg16().init(Key.of(1), Shape.of(3, 31, 224), 10))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("VGG takes examples [channels,height,width] of at least 32×32, not [3,31,224]");
        assertThatThrownBy(() -> AlexNet.usual().init(Key.of(1), Shape.of(3, 62, 62), 10))
                .hasMessage("AlexNet takes examples [channels,height,width] of at least 63×63, not [3,62,62]");
        assertThatThrownBy(() -> LeNet.classic().init(Key.of(1), Shape.of(28), 10))
                .hasMessage("LeNet-5 takes examples [channels,height,width] of at least 12×12, not [28]");
        assertThatThrownBy(() -> new GoogLeNet(0))
                .hasMessage("the widths of GoogLeNet can be divided by 1 to 16, not by 0");
        assertThat(AlexNet.usual().init(Key.of(1), Shape.of(1, 63, 63), 2).layers())
                .isNotEmpty();
        assertThat(Vgg.vgg16().init(Key.of(1), Shape.of(1, 32, 32), 2).layers()).isNotEmpty();
        assertThat(LeNet.classic().init(Key.of(1), Shape.of(1, 12, 12), 2).layers())
                .isNotEmpty();
    }
}
