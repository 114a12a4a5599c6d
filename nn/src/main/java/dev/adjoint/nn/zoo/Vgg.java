package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Dropout;
import dev.adjoint.nn.Flatten;
import dev.adjoint.nn.MaxPool2d;
import dev.adjoint.nn.Sequential;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import java.util.List;

/// VGG: stages of convolutions of 3×3 with ramps, each stage with a pooling at its end and twice the channels of the one
/// before up to eight times the first, and three affine maps with dropout.
///
/// Examples are `[channels,height,width]`, large enough to be halved by every stage. For three channels of 224×224 and 1000
/// classes VGG-11 has 132,863,336 weights and VGG-16 138,357,544, as in torchvision. Source: Simonyan, Zisserman, "Very deep
/// convolutional networks for large-scale image recognition", 2015.
///
/// {@snippet :
/// Sequential model = Vgg.vgg16().init(Key.of(1), Shape.of(3, 224, 224), 1000);
/// }
///
/// @param depths the number of convolutions in every stage
/// @param width the channels of the first stage, usually 64
/// @param hidden the width of the affine maps, usually 4096
public record Vgg(List<Integer> depths, long width, long hidden) implements Architecture {
    public Vgg {
        depths = List.copyOf(depths);
    }

    /// Eight convolutions.
    public static Vgg vgg11() {
        return new Vgg(List.of(1, 1, 2, 2, 2), 64, 4096);
    }

    /// Thirteen convolutions.
    public static Vgg vgg16() {
        return new Vgg(List.of(2, 2, 3, 3, 3), 64, 4096);
    }

    @Override
    public Sequential init(Key key, Shape example, long classes) {
        Images.require("VGG", example, 1L << depths.size());
        Stack stack = new Stack(key, example);
        for (int stage = 0; stage < depths.size(); stage++) {
            for (int i = 0; i < depths.get(stage); i++) {
                String name = "stage" + (stage + 1) + "conv" + (i + 1);
                stack.conv(name, width << Math.min(stage, 3), 3, Window.dense(2).padding(1))
                        .relu(name + "relu");
            }
            stack.add("pool" + (stage + 1), MaxPool2d.of(2));
        }
        return stack.add("flatten", new Flatten())
                .linear("hidden1", hidden)
                .relu("relu1")
                .add("dropout1", new Dropout(0.5))
                .linear("hidden2", hidden)
                .relu("relu2")
                .add("dropout2", new Dropout(0.5))
                .readout("readout", classes)
                .layers();
    }
}
