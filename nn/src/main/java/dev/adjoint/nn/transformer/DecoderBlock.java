package dev.adjoint.nn.transformer;

import dev.adjoint.nn.Layer;
import dev.adjoint.nn.LayerNorm;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;

/// A block that also looks at a memory, such as an encoder's results: causal self-attention, attention to the memory, and a
/// network for every step, each with a normalisation and a way around it.
///
/// x and y are `[N,T,width]`, the memory is `[N,S,width]`. Source: Vaswani and others, "Attention is all you need", 2017.
///
/// {@snippet :
/// Tensor y = DecoderBlock.init(Key.of(1), 8, 64).apply(x, memory, Pass.evaluation());
/// }
///
/// @param block self-attention and network
/// @param memory attention to the memory
/// @param norm the normalisation of that
public record DecoderBlock(TransformerBlock block, MultiHeadAttention memory, Layer norm) {
    /// Normalised before, no dropout.
    public static DecoderBlock init(Key key, long heads, long width) {
        return new DecoderBlock(
                TransformerBlock.init(key.fold(0), heads, width).causal(),
                MultiHeadAttention.init(key.fold(1), heads, width),
                LayerNorm.init(width));
    }

    /// The block for steps that look at all of a memory.
    public Tensor apply(Tensor x, Tensor seen, Pass pass) {
        return apply(x, inner -> memory.attend(inner, seen, pass), pass);
    }

    /// The block for steps that look at a part of a memory.
    ///
    /// @param mask as [MultiHeadAttention#attend(Tensor, Tensor, Tensor, Pass)] takes it
    public Tensor apply(Tensor x, Tensor seen, Tensor mask, Pass pass) {
        return apply(x, inner -> memory.attend(inner, seen, mask, pass), pass);
    }

    private Tensor apply(Tensor x, TransformerBlock.Branch look, Pass pass) {
        TransformerBlock.Norms norms = block.norms();
        Tensor own = TransformerBlock.around(
                around(norms.attention()), inner -> block.attention().apply(inner, pass), x, pass);
        return after(own, look, pass);
    }

    /// The block for further steps after those in a cache, as a trained network is used.
    ///
    /// @param mask as [MultiHeadAttention#attend(Tensor, Tensor, Tensor, Pass)] takes it
    public Steps<KeyValueCache> run(KeyValueCache cache, Tensor x, Tensor seen, Tensor mask) {
        Pass pass = Pass.evaluation();
        Steps<KeyValueCache> own = block.attended(cache, x);
        return new Steps<>(after(own.results(), inner -> memory.attend(inner, seen, mask, pass), pass), own.last());
    }

    /// What comes after self-attention.
    private Tensor after(Tensor own, TransformerBlock.Branch look, Pass pass) {
        Tensor both = TransformerBlock.around(around(norm), look, own, pass);
        return TransformerBlock.around(
                around(block.norms().network()), inner -> block.network().apply(inner, pass), both, pass);
    }

    private TransformerBlock.Around around(Layer normalisation) {
        return new TransformerBlock.Around(normalisation, block.norms().placement(), block.dropout());
    }
}
