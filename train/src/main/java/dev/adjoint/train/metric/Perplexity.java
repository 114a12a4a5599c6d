package dev.adjoint.train.metric;

import dev.adjoint.tensor.Tensor;
import java.util.Map;

/// Perplexity: e^(mean cross entropy in nats), the number of equally likely choices that are as hard to foretell.
///
/// @param losses the cross entropies
public record Perplexity(Mean losses) implements Tally<Perplexity> {
    /// The cross entropies of a batch in nats, one for every token, of any shape.
    public static Perplexity of(Tensor losses) {
        return new Perplexity(Mean.of("perplexity", losses));
    }

    @Override
    public Perplexity plus(Perplexity other) {
        return new Perplexity(losses.plus(other.losses));
    }

    /// The perplexity.
    public double value() {
        return Math.exp(losses.value());
    }

    @Override
    public Map<String, Double> figures() {
        return Map.of("perplexity", value());
    }
}
