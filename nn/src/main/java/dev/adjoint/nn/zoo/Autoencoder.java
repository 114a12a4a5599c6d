package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Pass;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/// A network that squeezes its input through a narrow code and gives it back: y = d(e(x)).
///
/// x and y are `[N,…]` of one shape, the code is `[N,width]`. Source: Rumelhart, Hinton, Williams, 1986.
///
/// {@snippet :
/// Autoencoder model = Autoencoder.init(Key.of(1), 64, 32, 8);
/// }
///
/// @param encoder e
/// @param decoder d
public record Autoencoder(Layer encoder, Layer decoder) implements Layer {
    /// Affine maps with ramps between: to the code, and the same widths back.
    ///
    /// @param in the width of x `[N,in]`
    /// @param widths of the hidden layers, and last of the code
    public static Autoencoder init(Key key, long in, long... widths) {
        if (widths.length == 0) {
            throw new InvalidArgument("an autoencoder needs the width of its code");
        }
        List<Long> hidden =
                LongStream.of(widths).limit(widths.length - 1).boxed().toList();
        long code = widths[widths.length - 1];
        return new Autoencoder(
                new Mlp(hidden, Activation.relu()).init(key.fold(0), Shape.of(in), code),
                new Mlp(hidden.reversed(), Activation.relu()).init(key.fold(1), Shape.of(code), in));
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return decoder.apply(encoder.apply(x, pass), pass);
    }

    /// The mean squared error of what comes back.
    public Tensor loss(Tensor x, Pass pass) {
        return Losses.meanSquaredError(apply(x, pass), x).mean();
    }
}
