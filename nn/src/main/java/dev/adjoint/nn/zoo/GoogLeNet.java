package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Dropout;
import dev.adjoint.nn.GlobalAveragePool;
import dev.adjoint.nn.LocalResponseNorm;
import dev.adjoint.nn.MaxPool2d;
import dev.adjoint.nn.Parallel;
import dev.adjoint.nn.Sequential;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;

/// GoogLeNet: nine inception modules, each with convolutions of 1×1, 3×3 and 5×5 and a pooling beside each other, between a
/// stem and the mean over all positions.
///
/// Examples are `[channels,height,width]`. For three channels and 1000 classes it has 6,998,552 weights; the two auxiliary
/// classifiers of the paper are left out. Source: Szegedy and others, "Going deeper with convolutions", 2015.
///
/// {@snippet :
/// Sequential model = GoogLeNet.usual().init(Key.of(1), Shape.of(3, 224, 224), 1000);
/// }
///
/// @param divisor by which all widths are divided, 1 for the network of the paper, at most 16
public record GoogLeNet(long divisor) implements Architecture {
    public GoogLeNet {
        if (divisor < 1 || divisor > 16) {
            throw new InvalidArgument("the widths of GoogLeNet can be divided by 1 to 16, not by " + divisor);
        }
    }

    /// The network of the paper.
    public static GoogLeNet usual() {
        return new GoogLeNet(1);
    }

    /// The widths of one module.
    ///
    /// @param one of the convolution of 1×1
    /// @param three in front of that of 3×3 and of itself
    /// @param five in front of that of 5×5 and of itself
    /// @param pool after the pooling
    private record Module(String name, long one, Pair three, Pair five, long pool) {}

    private record Pair(long before, long after) {}

    @Override
    public Sequential init(Key key, Shape example, long classes) {
        Images.require("GoogLeNet", example, 1);
        Stack stack = new Stack(key, example);
        stem(stack);
        add(stack, new Module("inception3a", 64, new Pair(96, 128), new Pair(16, 32), 32));
        add(stack, new Module("inception3b", 128, new Pair(128, 192), new Pair(32, 96), 64));
        stack.add("pool3", halving());
        add(stack, new Module("inception4a", 192, new Pair(96, 208), new Pair(16, 48), 64));
        add(stack, new Module("inception4b", 160, new Pair(112, 224), new Pair(24, 64), 64));
        add(stack, new Module("inception4c", 128, new Pair(128, 256), new Pair(24, 64), 64));
        add(stack, new Module("inception4d", 112, new Pair(144, 288), new Pair(32, 64), 64));
        add(stack, new Module("inception4e", 256, new Pair(160, 320), new Pair(32, 128), 128));
        stack.add("pool4", halving());
        add(stack, new Module("inception5a", 256, new Pair(160, 320), new Pair(32, 128), 128));
        add(stack, new Module("inception5b", 384, new Pair(192, 384), new Pair(48, 128), 128));
        return stack.add("pool5", new GlobalAveragePool())
                .add("dropout", new Dropout(0.4))
                .readout("readout", classes)
                .layers();
    }

    private void stem(Stack stack) {
        stack.convRelu("conv1", 64 / divisor, 7, Window.dense(2).stride(2).padding(3));
        stack.add("pool1", halving()).add("norm1", LocalResponseNorm.of(5));
        stack.convRelu("conv2", 64 / divisor, 1, Window.dense(2));
        stack.convRelu("conv3", 192 / divisor, 3, Window.dense(2).padding(1));
        stack.add("norm2", LocalResponseNorm.of(5)).add("pool2", halving());
    }

    private void add(Stack stack, Module module) {
        Stack one = branch(stack);
        one.convRelu("conv", module.one / divisor, 1, Window.dense(2));
        Stack three = branch(stack);
        three.convRelu("before", module.three.before / divisor, 1, Window.dense(2));
        three.convRelu("conv", module.three.after / divisor, 3, Window.dense(2).padding(1));
        Stack five = branch(stack);
        five.convRelu("before", module.five.before / divisor, 1, Window.dense(2));
        five.convRelu("conv", module.five.after / divisor, 5, Window.dense(2).padding(2));
        Stack pool = branch(stack).add("pool", MaxPool2d.of(3, Window.dense(2).padding(1)));
        pool.convRelu("conv", module.pool / divisor, 1, Window.dense(2));
        stack.add(
                module.name,
                Parallel.of(1, "one", one.layers())
                        .beside("three", three.layers())
                        .beside("five", five.layers())
                        .beside("pool", pool.layers()));
    }

    private static Stack branch(Stack stack) {
        return new Stack(stack.nextKey(), stack.shape());
    }

    private static MaxPool2d halving() {
        return MaxPool2d.of(3, Window.dense(2).stride(2).padding(1));
    }
}
