package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Broadcasting;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Scaled dot-product attention: y = softmax(s·q·kᵀ + m)·v over the last two axes.
///
/// Operands are the queries q `[…,L,E]`, the keys k `[…,S,E]`, the values v `[…,S,V]` and, if it is given, a mask that
/// broadcasts to `[…,L,S]`: booleans that say which keys take part, or numbers m that are added to the scores. Leading axes
/// broadcast. The result is `[…,L,V]`. A query from which every key is hidden gets zeros, and nothing depends on it:
/// [MaskedSoftmax]. Elsewhere this is `scaled_dot_product_attention` of PyTorch. Source: Vaswani and others, "Attention is all
/// you need", 2017; by blocks: Milakov and Gimelshein, 2018; Rabe and Staats, 2021; Dao and others, 2022.
///
/// Derivative: [AttentionGradient], for a mask of numbers the weights' own. Kernels go through both by blocks of queries and keys and
/// never hold the weights `[…,L,S]`, so that the memory of reverse mode grows with L + S; the expansion, and with it forward mode
/// and higher orders, holds them. Batching adds a leading axis.
///
/// @param scale the factor s, usually 1/√E
/// @param masking which keys a query may look at
public record Attention(double scale, Masking masking) implements Composite {
    /// Which keys a query may look at.
    public enum Masking {
        /// All of them.
        NONE,
        /// Query i at the keys 0 … i.
        CAUSAL,
        /// Those that a fourth operand tells.
        GIVEN
    }

    public Attention {
        if (!Double.isFinite(scale)) {
            throw new InvalidArgument("attention: the scale must be finite, not " + scale);
        }
    }

    /// The usual scale 1/√E for queries of type `[…,L,E]`.
    ///
    /// @throws ShapeMismatch if the queries have fewer than two axes
    public static double usualScale(TensorType queries) {
        if (queries.rank() < 2) {
            throw new ShapeMismatch("attention", List.of(queries), "queries must be […,L,E]");
        }
        return 1 / Math.sqrt(Math.max(1.0, (double) queries.dim(-1)));
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, masking == Masking.GIVEN ? 4 : 3);
        return List.of(result(this, operands, masking));
    }

    /// The type of the result, for an operator whose first operands are those of attention.
    static TensorType result(Op op, List<TensorType> operands, Masking masking) {
        FloatingLaw.equalTypes(op, operands.subList(0, 3));
        TensorType q = operands.get(0);
        TensorType k = operands.get(1);
        TensorType v = operands.get(2);
        boolean fits = operands.subList(0, 3).stream().allMatch(o -> o.rank() >= 2)
                && q.dim(-1) == k.dim(-1)
                && k.dim(-2) == v.dim(-2);
        if (!fits) {
            throw new ShapeMismatch(
                    op.name(), operands, "queries […,L,E] need keys […,S,E] and values […,S,V] with the same E and S");
        }
        if (k.dim(-2) == 0) {
            throw new ShapeMismatch(op.name(), operands, "there are no keys to look at (axis -2)");
        }
        Shape scores = leading(op, operands.subList(0, 2)).append(q.dim(-2), k.dim(-2));
        if (masking == Masking.GIVEN) {
            checkMask(op, operands, scores);
        }
        Shape leading = Broadcasting.shape(
                op.name(),
                List.of(q.withShape(scores.leading(2)), v.withShape(v.shape().leading(2))));
        return q.withShape(leading.append(q.dim(-2), v.dim(-1)));
    }

    private static Shape leading(Op op, List<TensorType> operands) {
        return Broadcasting.shape(
                op.name(),
                operands.stream().map(o -> o.withShape(o.shape().leading(2))).toList());
    }

    private static void checkMask(Op op, List<TensorType> operands, Shape scores) {
        TensorType mask = operands.get(3);
        if (mask.dtype() != DType.BOOL) {
            FloatingLaw.equalTypes(op, operands);
        }
        if (!mask.shape().broadcastsTo(scores)) {
            throw new ShapeMismatch(op.name(), operands, "the mask must broadcast to the scores " + scores);
        }
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return weights(operands.get(0), operands.get(1), operands.subList(3, operands.size()))
                .matmul(operands.get(2));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        List<Tensor> operands = call.operands();
        if (operand == 3) {
            Tensor weights = weights(operands.get(0), operands.get(1), operands.subList(3, 4));
            Tensor scores = ofScores(weights, ct.matmul(operands.get(2).mT()));
            return Optional.of(scores.sumTo(operands.get(3).shape()));
        }
        List<Tensor> equal = new ArrayList<>();
        for (Tensor x : operands.subList(0, 3)) {
            equal.add(x.broadcastTo(ct.shape().leading(2).append(x.dim(-2), x.dim(-1))));
        }
        equal.addAll(operands.subList(3, operands.size()));
        equal.add(ct);
        Tensor full = equal.getFirst()
                .attentionGradient(this, equal.subList(1, equal.size()))
                .get(operand);
        return Optional.of(full.sumTo(operands.get(operand).shape()));
    }

    /// Another leading axis. A mask must not have it alone, because it broadcasts to the scores.
    @Override
    public Optional<List<Tensor>> batch(Batched operands) {
        boolean ofMask = masking == Masking.GIVEN && operands.isMapped(3);
        List<Tensor> all = (ofMask ? operands.repeating(List.of(0)) : operands).aligned();
        return Optional.of(all.getFirst().apply(this, all));
    }

    /// The cotangent of masked scores from that of the weights, as [MaskedSoftmax] states it.
    static Tensor ofScores(Tensor weights, Tensor ct) {
        return weights.mul(ct.sub(ct.mul(weights).sum(Axes.of(-1).kept())));
    }

    /// How much of each value every query takes, `[…,L,S]`.
    ///
    /// @param mask the mask if it is given, else nothing
    public Tensor weights(Tensor queries, Tensor keys, List<Tensor> mask) {
        Tensor scores = queries.mul(scale).matmul(keys.mT());
        Tensor visible = switch (masking) {
            case NONE -> scores;
            case CAUSAL -> hidden(scores, past(scores));
            case GIVEN -> masked(scores, mask.getFirst());
        };
        return visible.maskedSoftmax(-1);
    }

    private static Tensor masked(Tensor scores, Tensor mask) {
        return mask.dtype() == DType.BOOL ? hidden(scores, mask) : scores.add(mask);
    }

    private static Tensor hidden(Tensor scores, Tensor seen) {
        return seen.where(scores, scores.constant(Double.NEGATIVE_INFINITY));
    }

    private static Tensor past(Tensor scores) {
        TensorType places = new TensorType(DType.I64, scores.shape().trailing(2));
        return scores.create(new Iota(places, 1)).le(scores.create(new Iota(places, 0)));
    }

    @Override
    public String formula() {
        return "softmax(s·q·kᵀ + m)·v";
    }

    @Override
    public String onnx() {
        return "Attention";
    }

    public static List<Sample> samples() {
        Attention plain = new Attention(0.5, Masking.NONE);
        Attention given = new Attention(1, Masking.GIVEN);
        return List.of(
                Sample.of(plain).normal(2, 3).normal(4, 3).normal(4, 2),
                Sample.of(new Attention(0.7, Masking.CAUSAL))
                        .normal(2, 3, 2)
                        .normal(3, 2)
                        .normal(2, 3, 2),
                Sample.of(given).normal(2, 2).normal(3, 2).normal(3, 2).booleans(2, 3),
                Sample.of(given).normal(2, 2, 2).normal(2, 3, 2).normal(3, 1).normal(3),
                Sample.of(plain).normal(2, 0).normal(3, 0).normal(3, 2));
    }
}
