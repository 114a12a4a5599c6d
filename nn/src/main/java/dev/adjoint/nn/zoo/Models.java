package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Sequential;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import java.util.Optional;
import java.util.stream.Stream;

/// Networks by name: each is built from a key, the shape of an example and the number of classes, and gives a score for
/// every class.
public enum Models implements Architecture {
    /// [ModernLeNet]
    LENET(
            "lenet",
            "two convolutions with pooling, two affine maps; examples [channels,height,width]",
            new ModernLeNet()),

    /// [LeNet] with tanh
    LENET5("lenet5", "LeNet-5 of 1998 with tanh and average pooling; images of at least 12×12", LeNet.classic()),

    /// [Mlp] with one hidden layer of 64 and a ramp
    MLP("mlp", "one hidden layer of 64 with a ramp; examples of any shape", Mlp.of(64)),

    /// [Mlp] without hidden layers: logistic regression under cross entropy, a linear support vector machine under hinge loss
    LINEAR("linear", "one affine map, that is, logistic regression; examples of any shape", Mlp.of()),

    /// [AlexNet]
    ALEXNET("alexnet", "AlexNet, five convolutions and three affine maps; images of at least 63×63", AlexNet.usual()),

    /// [Vgg#vgg11]
    VGG11("vgg11", "VGG with eleven layers; images of at least 32×32", Vgg.vgg11()),

    /// [Vgg#vgg16]
    VGG16("vgg16", "VGG with sixteen layers; images of at least 32×32", Vgg.vgg16()),

    /// [GoogLeNet]
    GOOGLENET("googlenet", "GoogLeNet, nine inception modules; images of any size", GoogLeNet.usual()),

    /// [ResNet#resnet18]
    RESNET18("resnet18", "a residual network with eighteen layers; images of any size", fitting(ResNet.resnet18())),

    /// [ResNet#resnet34]
    RESNET34("resnet34", "a residual network with 34 layers; images of any size", fitting(ResNet.resnet34())),

    /// [ResNet#resnet50]
    RESNET50("resnet50", "a residual network with fifty layers; images of any size", fitting(ResNet.resnet50()));

    private final String label;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // records of sizes
    private final Architecture architecture;

    Models(String label, String description, Architecture architecture) {
        this.label = label;
        this.description = description;
        this.architecture = architecture;
    }

    /// Images below 64×64 get the stem for small images, in which a large one would leave nothing.
    private static Architecture fitting(ResNet net) {
        return (key, example, classes) -> {
            boolean small = example.rank() == 3 && Math.min(example.dim(1), example.dim(2)) < 64;
            return (small ? net.forSmallImages() : net).init(key, example, classes);
        };
    }

    /// @throws dev.adjoint.tensor.InvalidArgument if the examples do not fit the network
    @Override
    public Sequential init(Key key, Shape example, long classes) {
        return architecture.init(key, example, classes);
    }

    /// The name on the command line.
    public String label() {
        return label;
    }

    /// What the network is and what examples it takes.
    public String description() {
        return description;
    }

    /// The network of this name.
    public static Optional<Models> named(String label) {
        return Stream.of(values()).filter(model -> model.label.equals(label)).findFirst();
    }
}
