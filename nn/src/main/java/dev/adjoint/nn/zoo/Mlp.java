package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.Flatten;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Sequential;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import java.util.List;
import java.util.stream.LongStream;

/// A multilayer perceptron: affine maps with a function between them. Without hidden layers it is one affine map: logistic
/// regression under cross entropy, a linear support vector machine under hinge loss.
///
/// Examples have any shape.
///
/// {@snippet :
/// Sequential model = Mlp.of(64, 32).init(Key.of(1), Shape.of(4), 3);
/// }
///
/// @param widths of the hidden layers
/// @param activation what follows every hidden layer
public record Mlp(List<Long> widths, Layer activation) implements Architecture {
    public Mlp {
        widths = List.copyOf(widths);
    }

    /// With ramps.
    public static Mlp of(long... widths) {
        return new Mlp(LongStream.of(widths).boxed().toList(), Activation.relu());
    }

    @Override
    public Sequential init(Key key, Shape example, long classes) {
        Stack stack = new Stack(key, example).add("flatten", new Flatten());
        for (int i = 0; i < widths.size(); i++) {
            String number = widths.size() == 1 ? "" : Integer.toString(i + 1);
            stack.linear("hidden" + number, widths.get(i)).add("activation" + number, activation);
        }
        return stack.readout("readout", classes).layers();
    }
}
