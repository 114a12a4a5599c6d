package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Dropout;
import dev.adjoint.nn.Flatten;
import dev.adjoint.nn.MaxPool2d;
import dev.adjoint.nn.Sequential;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;

/// Two convolutions of 3×3 with ramps and maximum pooling, and two affine maps with dropout between: [LeNet] with what came
/// after it.
///
/// Examples are `[channels,height,width]` of at least 4×4.
///
/// {@snippet :
/// Sequential model = new ModernLeNet().init(Key.of(1), Shape.of(1, 28, 28), 10);
/// }
public record ModernLeNet() implements Architecture {
    @Override
    public Sequential init(Key key, Shape example, long classes) {
        Images.require("model lenet", example, 4);
        Window same = Window.dense(2).padding(1);
        return new Stack(key, example)
                .conv("conv1", 16, 3, same)
                .relu("relu1")
                .add("pool1", MaxPool2d.of(2))
                .conv("conv2", 32, 3, same)
                .relu("relu2")
                .add("pool2", MaxPool2d.of(2))
                .add("flatten", new Flatten())
                .linear("hidden", 64)
                .relu("relu3")
                .add("dropout", new Dropout(0.25))
                .readout("readout", classes)
                .layers();
    }
}
