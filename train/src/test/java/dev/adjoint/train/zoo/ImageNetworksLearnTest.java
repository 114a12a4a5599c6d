package dev.adjoint.train.zoo;

import dev.adjoint.nn.zoo.Architecture;
import dev.adjoint.nn.zoo.ResNet;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImageNetworksLearnTest {
    private static void learns(Architecture architecture, Shape example, int steps) {
        Learning.learns(architecture.init(Key.of(1), example, 4), Learning.quarters(example), Learning.CLASSES, steps);
    }

    @Test
    void residualNetworks() {
        learns(new ResNet(ResNet.Block.BASIC, List.of(1, 1), 4, ResNet.Stem.SMALL), Shape.of(1, 8, 8), 12);
        learns(new ResNet(ResNet.Block.BOTTLENECK, List.of(1, 1), 2, ResNet.Stem.LARGE), Shape.of(1, 16, 16), 12);
    }
}
