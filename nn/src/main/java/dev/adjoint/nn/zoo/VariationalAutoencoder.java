package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Aggregation;
import dev.adjoint.nn.DistributionLosses;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Pass;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;

/// An autoencoder whose code is drawn: z = μ + σ·ε, ε ~ N(0, 1), with (μ, ln σ²) = e(x) and the scores of y = d(z).
///
/// x is `[N,in]` of numbers from 0 to 1, the code `[N,code]`; where the network is used, z = μ. Source: Kingma, Welling,
/// "Auto-encoding variational Bayes", 2014.
///
/// {@snippet :
/// VariationalAutoencoder model = VariationalAutoencoder.init(Key.of(1), new VariationalAutoencoder.Size(64, 32, 2));
/// Tensor loss = model.loss(x, Pass.training(Array.key(Key.of(2))));
/// }
///
/// @param encoder e, to twice the width of the code
/// @param decoder d
public record VariationalAutoencoder(Layer encoder, Layer decoder) implements Layer {
    /// The sizes of a model with one hidden layer on each side.
    public record Size(long in, long hidden, long code) {}

    /// The law of a code.
    ///
    /// @param mean μ, `[N,code]`
    /// @param logVariance ln σ², `[N,code]`
    public record Law(Tensor mean, Tensor logVariance) {
        /// The divergence from the standard normal law, ½·Σ(σ² + μ² − 1 − ln σ²), for every example: `[N]`.
        public Tensor divergence() {
            return logVariance
                    .exp()
                    .add(mean.square())
                    .sub(1)
                    .sub(logVariance)
                    .sum(-1)
                    .mul(0.5);
        }

        /// A code drawn from the law; the derivative flows through it.
        public Tensor draw(Tensor key) {
            return mean.add(logVariance.mul(0.5).exp().mul(key.normal(mean.type())));
        }
    }

    /// New weights.
    public static VariationalAutoencoder init(Key key, Size size) {
        Mlp one = Mlp.of(size.hidden);
        return new VariationalAutoencoder(
                one.init(key.fold(0), Shape.of(size.in), 2 * size.code),
                one.init(key.fold(1), Shape.of(size.code), size.in));
    }

    /// The law of the code of x.
    public Law encode(Tensor x, Pass pass) {
        Tensor both = encoder.apply(x, pass);
        long code = both.dim(-1) / 2;
        return new Law(both.slice(-1, 0, code), both.slice(-1, code, 2 * code));
    }

    /// The probabilities that a code stands for, `[N,in]`.
    public Tensor decode(Tensor code, Pass pass) {
        return decoder.apply(code, pass).sigmoid();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return decode(code(encode(x, pass), pass), pass);
    }

    private static Tensor code(Law law, Pass pass) {
        return pass.isTraining() ? law.draw(pass.nextKey()) : law.mean();
    }

    /// The bound that is made small: the binary cross entropy of y and the divergence of the code's law, per example.
    public Tensor loss(Tensor x, Pass pass) {
        Law law = encode(x, pass);
        Tensor scores = decoder.apply(code(law, pass), pass);
        Tensor wrong = DistributionLosses.binaryCrossEntropy(scores, x, Aggregation.EXAMPLE_MEAN);
        return wrong.add(law.divergence().mean());
    }
}
