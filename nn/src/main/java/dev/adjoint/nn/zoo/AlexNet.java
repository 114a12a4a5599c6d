package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Dropout;
import dev.adjoint.nn.Flatten;
import dev.adjoint.nn.MaxPool2d;
import dev.adjoint.nn.Sequential;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;

/// AlexNet: five convolutions with ramps, three poolings, and three affine maps with dropout.
///
/// Examples are `[channels,height,width]` of at least 63×63. For three channels of 224×224 and 1000 classes the usual widths
/// give 61,100,840 weights, as in torchvision. Source: Krizhevsky, "One weird trick for parallelizing convolutional neural
/// networks", 2014, the form of Krizhevsky, Sutskever, Hinton, 2012, for one device.
///
/// {@snippet :
/// Sequential model = AlexNet.usual().init(Key.of(1), Shape.of(3, 224, 224), 1000);
/// }
///
/// @param width the channels of the first convolution, usually 64
/// @param hidden the width of the affine maps, usually 4096
public record AlexNet(long width, long hidden) implements Architecture {
    /// The usual widths.
    public static AlexNet usual() {
        return new AlexNet(64, 4096);
    }

    @Override
    public Sequential init(Key key, Shape example, long classes) {
        Images.require("AlexNet", example, 63);
        Window same = Window.dense(2).padding(1);
        Stack stack = new Stack(key, example)
                .conv("conv1", width, 11, Window.dense(2).stride(4).padding(2))
                .relu("relu1")
                .add("pool1", pool())
                .conv("conv2", 3 * width, 5, Window.dense(2).padding(2))
                .relu("relu2")
                .add("pool2", pool())
                .conv("conv3", 6 * width, 3, same)
                .relu("relu3")
                .conv("conv4", 4 * width, 3, same)
                .relu("relu4")
                .conv("conv5", 4 * width, 3, same)
                .relu("relu5")
                .add("pool5", pool())
                .add("flatten", new Flatten());
        return stack.add("dropout1", new Dropout(0.5))
                .linear("hidden1", hidden)
                .relu("relu6")
                .add("dropout2", new Dropout(0.5))
                .linear("hidden2", hidden)
                .relu("relu7")
                .readout("readout", classes)
                .layers();
    }

    private static MaxPool2d pool() {
        return MaxPool2d.of(3, Window.dense(2).stride(2));
    }
}
