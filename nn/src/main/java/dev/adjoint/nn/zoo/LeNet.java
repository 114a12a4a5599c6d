package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.AveragePool2d;
import dev.adjoint.nn.Conv2d;
import dev.adjoint.nn.Flatten;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Sequential;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;

/// LeNet-5 as it was: two convolutions of 5×5, each with a saturating function and average pooling, and three affine maps.
///
/// Examples are `[channels,height,width]`; those of 28×28 are padded to 32×32. For them and ten classes it has 61,706 weights.
/// Its pooling has no weights and its second convolution reads all channels. Source: LeCun, Bottou, Bengio, Haffner,
/// "Gradient-based learning applied to document recognition", 1998.
///
/// {@snippet :
/// Sequential model = LeNet.classic().init(Key.of(1), Shape.of(1, 28, 28), 10);
/// }
///
/// @param activation the saturating function
public record LeNet(Activation activation) implements Architecture {
    /// With tanh.
    public static LeNet classic() {
        return new LeNet(Activation.tanh());
    }

    @Override
    public Sequential init(Key key, Shape example, long classes) {
        Images.require("LeNet-5", example, 12);
        Stack stack = new Stack(key, example);
        convolution(stack, 1, 6, Window.dense(2).padding(2));
        convolution(stack, 2, 16, Window.dense(2));
        stack.add("flatten", new Flatten());
        affine(stack, 1, 120);
        affine(stack, 2, 84);
        return stack.readout("readout", classes).layers();
    }

    private void convolution(Stack stack, int number, long channels, Window window) {
        Conv2d.Size size = Conv2d.Size.square(stack.shape().dim(0), channels, 5);
        stack.add("conv" + number, Conv2d.readout(stack.nextKey(), size, window))
                .add("activation" + number, activation)
                .add("pool" + number, AveragePool2d.of(2));
    }

    private void affine(Stack stack, int number, long width) {
        stack.add(
                        "hidden" + number,
                        Linear.readout(stack.nextKey(), stack.shape().dim(0), width))
                .add("activation" + (number + 2), activation);
    }
}
