package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Embedding;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.recurrent.Lstm;
import dev.adjoint.nn.recurrent.Masked;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;

/// How alike two sequences are, from 0 to 1: y = exp(−Σ|f(a) − f(b)|), where f is the last state of one and the same long
/// short-term memory.
///
/// Sequences are `[N,T]`, integers, and need not agree in T; y is `[N]`. Source: Mueller, Thyagarajan, "Siamese recurrent
/// architectures for learning sentence similarity", 2016.
///
/// {@snippet :
/// Tensor alike = SiameseLstm.init(Key.of(1), 1000, 32).apply(left, right);
/// }
///
/// @param table a vector for every token
/// @param network the memory
public record SiameseLstm(Embedding table, Lstm network) {
    /// New weights.
    ///
    /// @param vocabulary how many tokens there are
    /// @param width of vectors and states
    public static SiameseLstm init(Key key, long vocabulary, long width) {
        return new SiameseLstm(Embedding.init(key.fold(0), vocabulary, width), Lstm.init(key.fold(1), width, width));
    }

    /// How alike they are.
    public Tensor apply(Tensor left, Tensor right) {
        return alike(encode(left), encode(right));
    }

    /// How alike encoded sequences are.
    public static Tensor alike(Tensor left, Tensor right) {
        return left.sub(right).abs().sum(-1).neg().exp();
    }

    /// The last state, `[N,width]`.
    public Tensor encode(Tensor tokens) {
        Tensor vectors = table.apply(tokens, Pass.evaluation());
        return network.run(network.start(vectors), vectors).last().hidden();
    }

    /// The state after the last token of sequences of different lengths, `[N,width]`.
    ///
    /// @param lengths `[N]`, integers
    public Tensor encode(Tensor tokens, Tensor lengths) {
        Tensor vectors = table.apply(tokens, Pass.evaluation());
        Tensor mask = Masked.mask(lengths, tokens.dim(1));
        return network.run(network.start(vectors), vectors, mask).last().hidden();
    }
}
