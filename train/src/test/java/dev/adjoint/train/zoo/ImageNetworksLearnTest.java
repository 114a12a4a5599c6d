package dev.adjoint.train.zoo;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.zoo.AlexNet;
import dev.adjoint.nn.zoo.Architecture;
import dev.adjoint.nn.zoo.GoogLeNet;
import dev.adjoint.nn.zoo.LeNet;
import dev.adjoint.nn.zoo.ModernLeNet;
import dev.adjoint.nn.zoo.ResNet;
import dev.adjoint.nn.zoo.Vgg;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Networks of images on eight images of four classes.
final class ImageNetworksLearnTest {
    private static void learns(Architecture architecture, Shape example, int steps) {
        Learning.learns(architecture.init(Key.of(1), example, 4), Learning.quarters(example), Learning.CLASSES, steps);
    }

    @Test
    void residualNetworks() {
        learns(new ResNet(ResNet.Block.BASIC, List.of(1, 1), 4, ResNet.Stem.SMALL), Shape.of(1, 8, 8), 12);
        learns(new ResNet(ResNet.Block.BOTTLENECK, List.of(1, 1), 2, ResNet.Stem.LARGE), Shape.of(1, 16, 16), 12);
    }

    /// All layers of the published forms, with few channels.
    @Test
    void residualNetworksOfFullDepth() {
        learns(ResNet.resnet18().withWidth(4).forSmallImages(), Shape.of(1, 8, 8), 12);
        learns(ResNet.resnet34().withWidth(4).forSmallImages(), Shape.of(1, 8, 8), 12);
        learns(ResNet.resnet50().withWidth(2), Shape.of(1, 32, 32), 15);
    }

    @Test
    void leNets() {
        learns(LeNet.classic(), Shape.of(1, 12, 12), 15);
        learns(new LeNet(Activation.sigmoid()), Shape.of(1, 12, 12), 80);
        learns(new ModernLeNet(), Shape.of(1, 8, 8), 15);
    }

    @Test
    void alexNet() {
        learns(new AlexNet(4, 32), Shape.of(1, 64, 64), 40);
    }

    @Test
    void vgg() {
        learns(new Vgg(List.of(1, 2), 4, 32), Shape.of(1, 8, 8), 40);
    }

    /// At this rate the loss leaps once, about the 34th step; where, depends on the rounding.
    @Test
    void googLeNet() {
        learns(new GoogLeNet(16), Shape.of(1, 32, 32), 80);
    }
}
