package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Dropout;
import dev.adjoint.nn.Init;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Nonlinearity;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.transformer.MultiHeadAttention;
import dev.adjoint.nn.transformer.TransformerBlock;
import dev.adjoint.op.composite.Attention;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.util.Optional;

/// The sizes of a [Gpt].
///
/// @param layers the number of blocks, at least 1
/// @param heads the number of heads in each, which divides the width
/// @param width of the vectors
/// @param context how many tokens it can look at
/// @param vocabulary how many tokens there are
/// @param head where the scores come from
/// @param dropout of vectors, attention and branches, from 0 to below 1
public record GptOptions(int layers, long heads, long width, long context, long vocabulary, Head head, double dropout) {
    /// Where the scores come from.
    public enum Head {
        /// The vectors of the tokens.
        TIED,
        /// A map of their own, without bias.
        UNTIED
    }

    public GptOptions {
        if (layers < 1) {
            throw new InvalidArgument("a GPT has at least one block, not " + layers);
        }
    }

    /// The small GPT-2: 12 layers, 12 heads, width 768, context 1024, 50,257 tokens.
    public static GptOptions gpt2() {
        return new GptOptions(12, 12, 768, 1024, 50_257, Head.TIED, 0.1);
    }

    TransformerBlock block(Key key) {
        double sum = 0.02 / Math.sqrt(2.0 * layers);
        var maps = new MultiHeadAttention.Maps(
                map(key.fold(0), 0.02, width, width),
                map(key.fold(1), 0.02, width, width),
                map(key.fold(2), 0.02, width, width),
                map(key.fold(3), sum, width, width));
        var settings = new MultiHeadAttention.Settings(heads, Attention.Masking.CAUSAL, Optional.empty(), dropout);
        Sequential network = Sequential.empty()
                .then("rise", map(key.fold(4), 0.02, width, 4 * width))
                .then("gelu", Nonlinearity.GELU_TANH)
                .then("fall", map(key.fold(5), sum, 4 * width, width));
        return new TransformerBlock(
                new MultiHeadAttention(maps, settings),
                network,
                TransformerBlock.Norms.layerNorms(width, TransformerBlock.Placement.BEFORE),
                new Dropout(dropout));
    }

    Optional<Linear> readout(Key key) {
        return switch (head) {
            case TIED -> Optional.empty();
            case UNTIED -> Optional.of(map(key, 0.02, width, vocabulary).unbiased());
        };
    }

    private static Linear map(Key key, double deviation, long in, long out) {
        return new Linear(Init.normal(key, deviation, in, out), Init.zeros(out));
    }
}
