package dev.adjoint.nn.zoo;

import dev.adjoint.nn.GlobalAveragePool;
import dev.adjoint.nn.MaxPool2d;
import dev.adjoint.nn.Residual;
import dev.adjoint.nn.Sequential;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import java.util.List;

/// A residual network: a stem, stages of residual blocks that halve the image and double the channels, the mean over all
/// positions, and a readout.
///
/// Examples are `[channels,height,width]`. With three channels and 1000 classes, ResNet-18 has 11,689,512 weights, ResNet-34
/// 21,797,672 and ResNet-50 25,557,032, as in torchvision, whose bottleneck has its stride in the middle. Source: He, Zhang,
/// Ren, Sun, "Deep residual learning for image recognition", 2016.
///
/// {@snippet :
/// Sequential model = ResNet.resnet18().forSmallImages().init(Key.of(1), Shape.of(3, 32, 32), 10);
/// }
///
/// @param block what a block is made of
/// @param depths the number of blocks in every stage
/// @param width the channels of the first stage
/// @param stem what comes before the blocks
public record ResNet(Block block, List<Integer> depths, long width, Stem stem) implements Architecture {
    /// What a residual block is made of.
    public enum Block {
        /// Two convolutions of 3×3.
        BASIC,
        /// Convolutions of 1×1, 3×3 and 1×1, the last one with four times the channels.
        BOTTLENECK
    }

    /// What comes before the blocks.
    public enum Stem {
        /// A convolution of 7×7 and a pooling, each of stride 2, for images of 224×224.
        LARGE,
        /// A convolution of 3×3, for images of 32×32.
        SMALL
    }

    public ResNet {
        depths = List.copyOf(depths);
    }

    /// Two basic blocks in each of four stages.
    public static ResNet resnet18() {
        return new ResNet(Block.BASIC, List.of(2, 2, 2, 2), 64, Stem.LARGE);
    }

    /// 3, 4, 6 and 3 basic blocks.
    public static ResNet resnet34() {
        return new ResNet(Block.BASIC, List.of(3, 4, 6, 3), 64, Stem.LARGE);
    }

    /// 3, 4, 6 and 3 bottlenecks.
    public static ResNet resnet50() {
        return new ResNet(Block.BOTTLENECK, List.of(3, 4, 6, 3), 64, Stem.LARGE);
    }

    /// With the stem for small images.
    public ResNet forSmallImages() {
        return new ResNet(block, depths, width, Stem.SMALL);
    }

    /// With another number of channels in the first stage.
    public ResNet withWidth(long channels) {
        return new ResNet(block, depths, channels, stem);
    }

    @Override
    public Sequential init(Key key, Shape example, long classes) {
        Images.require("a residual network", example, 1);
        Stack stack = new Stack(key, example);
        stem(stack);
        for (int stage = 0; stage < depths.size(); stage++) {
            for (int i = 0; i < depths.get(stage); i++) {
                long stride = stage > 0 && i == 0 ? 2 : 1;
                block(stack, "stage" + (stage + 1) + "block" + (i + 1), width << stage, stride);
            }
        }
        return stack.add("pool", new GlobalAveragePool())
                .readout("readout", classes)
                .layers();
    }

    private void stem(Stack stack) {
        if (stem == Stem.SMALL) {
            stack.convNorm("stem", width, 3, Window.dense(2).padding(1)).relu("stemrelu");
        } else {
            stack.convNorm("stem", width, 7, Window.dense(2).stride(2).padding(3))
                    .relu("stemrelu")
                    .add("stempool", MaxPool2d.of(3, Window.dense(2).stride(2).padding(1)));
        }
    }

    private void block(Stack stack, String name, long channels, long stride) {
        Stack body = new Stack(stack.nextKey(), stack.shape());
        switch (block) {
            case BASIC -> basic(body, channels, stride);
            case BOTTLENECK -> bottleneck(body, channels, stride);
        }
        Stack shortcut = new Stack(stack.nextKey(), stack.shape());
        if (!body.shape().equals(stack.shape())) {
            shortcut.convNorm("project", body.shape().dim(0), 1, Window.dense(2).stride(stride));
        }
        stack.add(name, new Residual(body.layers(), shortcut.layers())).relu(name + "relu");
    }

    private static void basic(Stack body, long channels, long stride) {
        body.convNorm("conv1", channels, 3, Window.dense(2).stride(stride).padding(1))
                .relu("relu1")
                .convNorm("conv2", channels, 3, Window.dense(2).padding(1));
    }

    private static void bottleneck(Stack body, long channels, long stride) {
        body.convNorm("conv1", channels, 1, Window.dense(2))
                .relu("relu1")
                .convNorm("conv2", channels, 3, Window.dense(2).stride(stride).padding(1))
                .relu("relu2")
                .convNorm("conv3", 4 * channels, 1, Window.dense(2));
    }
}
