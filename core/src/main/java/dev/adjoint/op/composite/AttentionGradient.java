package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.composite.Attention.Masking;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The reverse rule of [Attention] for its queries, keys and values: with the weights p = softmax(s·q·kᵀ + m) and
/// g = p·(ct·vᵀ − Σ p·(ct·vᵀ)) along the keys, dq = s·g·k, dk = s·gᵀ·q and dv = pᵀ·ct.
///
/// Operands are those of [Attention], with the same leading axes for queries, keys, values and the cotangent `[…,L,V]`, which is
/// the last one; results are dq `[…,L,E]`, dk `[…,S,E]` and dv `[…,S,V]`. Neither p nor g outlives a block of queries where a
/// kernel runs this whole: they are made anew from q and k. Source: Dao, Fu, Ermon, Rudra, Ré, "FlashAttention", 2022.
///
/// @param scale the factor s
/// @param masking which keys a query may look at
public record AttentionGradient(double scale, Masking masking) implements Composite {
    private Attention attention() {
        return new Attention(scale, masking);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, masking == Masking.GIVEN ? 5 : 4);
        TensorType y = Attention.result(this, operands, masking);
        boolean sameLeading = operands.subList(0, 3).stream()
                .allMatch(o -> o.shape().leading(2).equals(y.shape().leading(2)));
        if (!sameLeading || !operands.getLast().equals(y)) {
            throw new ShapeMismatch(
                    name(),
                    operands,
                    "queries, keys and values must have the same leading axes, and the cotangent the type " + y);
        }
        return operands.subList(0, 3);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        Tensor q = operands.get(0);
        Tensor k = operands.get(1);
        Tensor ct = operands.getLast();
        Tensor weights = attention().weights(q, k, operands.subList(3, operands.size() - 1));
        Tensor scores =
                Attention.ofScores(weights, ct.matmul(operands.get(2).mT())).mul(scale);
        return List.of(scores.matmul(k), scores.mT().matmul(q), weights.mT().matmul(ct));
    }

    @Override
    public Optional<List<Tensor>> batch(Batched operands) {
        List<Integer> equal = List.of(0, 1, 2, operands.operands().size() - 1);
        List<Tensor> all =
                operands.mapped().contains(true) ? operands.repeating(equal).aligned() : operands.operands();
        return Optional.of(all.getFirst().attentionGradient(attention(), all.subList(1, all.size())));
    }

    @Override
    public String formula() {
        return "s·g·k, s·gᵀ·q, pᵀ·ct";
    }

    public static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (Masking masking : List.of(Masking.NONE, Masking.CAUSAL)) {
            samples.add(Sample.of(new AttentionGradient(0.5, masking))
                    .normal(2, 3, 2)
                    .normal(2, 3, 2)
                    .normal(2, 3, 1)
                    .normal(2, 3, 1));
        }
        samples.add(Sample.of(new AttentionGradient(0.2, Masking.GIVEN))
                .normal(2, 2)
                .normal(3, 2)
                .normal(3, 2)
                .booleans(2, 3)
                .normal(2, 2));
        samples.add(Sample.of(new AttentionGradient(0.2, Masking.GIVEN))
                .normal(1, 2, 2)
                .normal(1, 3, 2)
                .normal(1, 3, 1)
                .normal(3)
                .normal(1, 2, 1));
        return List.copyOf(samples);
    }
}
