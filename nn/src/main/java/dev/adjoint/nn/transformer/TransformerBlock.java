package dev.adjoint.nn.transformer;

import dev.adjoint.nn.Dropout;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.LayerNorm;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Nonlinearity;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;

/// Self-attention and a network for every step by itself, each with a way around it and a normalisation n:
/// h = x + a(n₁(x)), y = h + f(n₂(h)), or normalised afterwards h = n₁(x + a(x)), y = n₂(h + f(h)).
///
/// x and y are `[N,T,width]`. With causal attention it is a block of GPT, otherwise of an encoder.
///
/// {@snippet :
/// Tensor y = TransformerBlock.init(Key.of(1), 8, 64).apply(x, Pass.evaluation());
/// }
///
/// @param attention a
/// @param network f
/// @param norms n₁ and n₂ and where they stand
/// @param dropout after a and after f
public record TransformerBlock(MultiHeadAttention attention, Layer network, Norms norms, Dropout dropout)
        implements Layer {
    /// Where the normalisations stand.
    public enum Placement {
        /// In front of attention and network, which trains without a warm-up (Xiong and others, 2020).
        BEFORE,
        /// After the sums, as in the first paper.
        AFTER
    }

    /// Two normalisations and where they stand.
    public record Norms(Layer attention, Layer network, Placement placement) {
        /// Layer normalisations.
        public static Norms layerNorms(long width, Placement placement) {
            return new Norms(LayerNorm.init(width), LayerNorm.init(width), placement);
        }
    }

    /// Normalised before, a network of two maps with GELU between and four times the width, no dropout.
    public static TransformerBlock init(Key key, long heads, long width) {
        return new TransformerBlock(
                MultiHeadAttention.init(key.fold(0), heads, width),
                network(key.fold(1), width, 4 * width),
                Norms.layerNorms(width, Placement.BEFORE),
                new Dropout(0));
    }

    /// Two affine maps with GELU between.
    public static Sequential network(Key key, long width, long hidden) {
        return Sequential.empty()
                .then("rise", Linear.init(key.fold(0), width, hidden))
                .then("gelu", Nonlinearity.GELU)
                .then("fall", Linear.readout(key.fold(1), hidden, width));
    }

    /// With a step looking at itself and those before it alone.
    public TransformerBlock causal() {
        return new TransformerBlock(attention.causal(), network, norms, dropout);
    }

    /// With the normalisations elsewhere.
    public TransformerBlock placed(Placement placement) {
        return new TransformerBlock(attention, network, new Norms(norms.attention, norms.network, placement), dropout);
    }

    /// With dropout of the attention and of both branches.
    public TransformerBlock dropout(double rate) {
        return new TransformerBlock(attention.dropout(rate), network, norms, new Dropout(rate));
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor h = around(norms.attention, inner -> attention.apply(inner, pass), x, pass);
        return around(norms.network, inner -> network.apply(inner, pass), h, pass);
    }

    /// The block for sequences of which parts are hidden, such as padding; the masking of the attention does not count.
    ///
    /// @param mask as [MultiHeadAttention#attend(Tensor, Tensor, Tensor, Pass)] takes it
    public Tensor apply(Tensor x, Tensor mask, Pass pass) {
        Tensor h = around(norms.attention, inner -> attention.attend(inner, inner, mask, pass), x, pass);
        return around(norms.network, inner -> network.apply(inner, pass), h, pass);
    }

    /// The block for further steps after those in a cache, as a trained network is used.
    public Steps<KeyValueCache> run(KeyValueCache cache, Tensor x) {
        Pass pass = Pass.evaluation();
        Steps<KeyValueCache> h = attended(cache, x);
        return new Steps<>(around(norms.network, inner -> network.apply(inner, pass), h.results(), pass), h.last());
    }

    /// h alone for further steps after those in a cache.
    Steps<KeyValueCache> attended(KeyValueCache cache, Tensor x) {
        Pass pass = Pass.evaluation();
        boolean before = norms.placement == Placement.BEFORE;
        Steps<KeyValueCache> attended = attention.run(cache, before ? norms.attention.apply(x, pass) : x);
        Tensor sum = x.add(attended.results());
        return new Steps<>(before ? sum : norms.attention.apply(sum, pass), attended.last());
    }

    private Tensor around(Layer norm, Branch branch, Tensor x, Pass pass) {
        return around(new Around(norm, norms.placement, dropout), branch, x, pass);
    }

    /// What is around a branch: a normalisation, its place, and dropout.
    record Around(Layer norm, Placement placement, Dropout dropout) {}

    /// What a block does with its steps.
    @FunctionalInterface
    interface Branch {
        Tensor apply(Tensor x);
    }

    static Tensor around(Around around, Branch branch, Tensor x, Pass pass) {
        return switch (around.placement) {
            case BEFORE -> x.add(around.dropout.apply(branch.apply(around.norm.apply(x, pass)), pass));
            case AFTER -> around.norm.apply(x.add(around.dropout.apply(branch.apply(x), pass)), pass);
        };
    }
}
