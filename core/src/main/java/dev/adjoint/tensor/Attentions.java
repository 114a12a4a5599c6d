package dev.adjoint.tensor;

import dev.adjoint.op.composite.Attention;
import dev.adjoint.op.composite.AttentionGradient;
import java.util.ArrayList;
import java.util.List;

/// Attention: this holds the queries `[…,L,E]`. The scale is 1/√E; for another one apply [Attention] itself.
public interface Attentions extends Algebra {
    /// [Attention] of every query to all keys `[…,S,E]` and their values `[…,S,V]`.
    default Tensor attention(Tensor keys, Tensor values) {
        return apply(usual(Attention.Masking.NONE), keys, values);
    }

    /// [Attention] of query i to the keys 0 … i.
    default Tensor causalAttention(Tensor keys, Tensor values) {
        return apply(usual(Attention.Masking.CAUSAL), keys, values);
    }

    /// [Attention] to the keys that a mask lets through, which broadcasts to `[…,L,S]`: booleans that say which keys take
    /// part, or numbers that are added to the scores.
    default Tensor attention(Tensor keys, Tensor values, Tensor mask) {
        return apply(usual(Attention.Masking.GIVEN), keys, values, mask);
    }

    /// How much of each value every query takes: [Attention#weights], `[…,L,S]`. Between them and the values stands dropout:
    ///
    /// {@snippet :
    /// Tensor weights = queries.attentionWeights(keys, Attention.Masking.CAUSAL);
    /// Tensor y = weights.dropout(Array.key(Key.of(1)), 0.1).matmul(values);
    /// }
    ///
    /// @throws InvalidArgument if the masking needs a mask
    default Tensor attentionWeights(Tensor keys, Attention.Masking masking) {
        if (masking == Attention.Masking.GIVEN) {
            throw new InvalidArgument("attentionWeights: a given mask must be given; use attentionWeights(keys, mask)");
        }
        return usual(masking).weights((Tensor) this, keys, List.of());
    }

    /// How much of each value every query takes under a mask: [Attention#weights], `[…,L,S]`.
    default Tensor attentionWeights(Tensor keys, Tensor mask) {
        return usual(Attention.Masking.GIVEN).weights((Tensor) this, keys, List.of(mask));
    }

    /// [AttentionGradient], the reverse rule of an [Attention] of these queries: the cotangents of queries, keys and values.
    ///
    /// @param others keys, values, the mask if it is given, and the cotangent of the result
    default List<Tensor> attentionGradient(Attention attention, List<Tensor> others) {
        List<Tensor> operands = new ArrayList<>(List.of((Tensor) this));
        operands.addAll(others);
        return apply(new AttentionGradient(attention.scale(), attention.masking()), operands);
    }

    private Attention usual(Attention.Masking masking) {
        return new Attention(Attention.usualScale(type()), masking);
    }
}
