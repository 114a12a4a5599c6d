package dev.adjoint.nn;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// How far results are from what was wanted, per example; `.mean()` makes the objective.
///
/// More losses, by subject: [CrossEntropyLoss] with weights, smoothing and ignored classes, [DistributionLosses],
/// [RegressionLosses], [EmbeddingLosses], [CtcLoss].
public final class Losses {
    private Losses() {}

    /// Softmax cross entropy: ln Σⱼ e^sₙⱼ − sₙ,cₙ. Natural logarithms; ln C for C equal scores.
    ///
    /// @param scores `[N,C]`
    /// @param labels class indices, integers, `[N]`
    /// @return `[N]`
    public static Tensor softmaxCrossEntropy(Tensor scores, Tensor labels) {
        return scores.crossEntropy(labels);
    }

    /// Multi-class hinge loss of the support vector machine: Σ_{j≠c} max(0, sₙⱼ − sₙ,c + 1).
    ///
    /// Source: Weston, Watkins, "Support vector machines for multi-class pattern recognition", ESANN 1999, with margin 1.
    ///
    /// @param scores `[N,C]`
    /// @param labels class indices, integers, `[N]`
    /// @return `[N]`
    /// @throws ShapeMismatch if scores and labels do not fit
    public static Tensor multiclassHinge(Tensor scores, Tensor labels) {
        return violations("multiclassHinge", scores, labels).sum(1);
    }

    /// Squared hinge loss over many classes: Σ_{j≠c} max(0, sₙⱼ − sₙ,c + 1)². `multi_margin_loss` of PyTorch with p = 2 is this
    /// divided by C, with p = 1 [#multiclassHinge] divided by C.
    ///
    /// @param scores `[N,C]`
    /// @param labels class indices, integers, `[N]`
    /// @return `[N]`
    /// @throws ShapeMismatch if scores and labels do not fit
    public static Tensor multiclassSquaredHinge(Tensor scores, Tensor labels) {
        return violations("multiclassSquaredHinge", scores, labels).square().sum(1);
    }

    /// By how much each score comes too close to that of the class, 0 for the class itself.
    private static Tensor violations(String loss, Tensor scores, Tensor labels) {
        if (scores.rank() != 2 || labels.rank() != 1 || scores.dim(0) != labels.dim(0)) {
            throw new ShapeMismatch(loss, List.of(scores.type(), labels.type()), "scores [N,C] need class indices [N]");
        }
        if (!labels.dtype().isInteger()) {
            throw new DTypeMismatch(
                    loss,
                    List.of(scores.type(), labels.type()),
                    "class indices must be integers; convert with c.to(DType.I64)");
        }
        Tensor wanted = labels.oneHot(scores.dim(1), scores.dtype());
        Tensor right = scores.mul(wanted).sum(1).expand(1);
        Tensor margins = scores.sub(right).add(1).relu();
        return margins.mul(wanted.rsub(1));
    }

    /// Hinge loss of a score s for a sign t of −1 or 1: max(0, 1 − t·s), element by element; its square is the squared hinge.
    ///
    /// Source: Cortes, Vapnik, "Support-vector networks", 1995.
    ///
    /// @param scores of any shape
    /// @param signs −1 or 1, of the scores' type
    /// @return of the scores' shape
    /// @throws ShapeMismatch if the shapes differ
    public static Tensor hinge(Tensor scores, Tensor signs) {
        if (!scores.shape().equals(signs.shape())) {
            throw new ShapeMismatch(
                    "hinge", List.of(scores.type(), signs.type()), "scores and signs must have one shape");
        }
        return signs.mul(scores).rsub(1).relu();
    }

    /// Mean squared error: (1/k)·Σᵢ (yₙᵢ − tₙᵢ)² over the k numbers of an example.
    ///
    /// @param results `[N,…]`
    /// @param targets of the same shape
    /// @return `[N]`
    /// @throws ShapeMismatch if the shapes differ
    public static Tensor meanSquaredError(Tensor results, Tensor targets) {
        if (!results.shape().equals(targets.shape()) || results.rank() < 1) {
            throw new ShapeMismatch(
                    "meanSquaredError",
                    List.of(results.type(), targets.type()),
                    "results and targets must have one shape [N,…]");
        }
        Tensor squares = results.sub(targets).square();
        return squares.reshape(
                        squares.dim(0), squares.shape().part(1, squares.rank()).count())
                .mean(1);
    }

    /// Whether the largest score is the class's: 1 or 0.
    ///
    /// @param scores `[N,C]`
    /// @param labels class indices, integers, `[N]`
    /// @return `[N]` of the scores' type
    public static Tensor correct(Tensor scores, Tensor labels) {
        return scores.argmax(-1).eq(labels.to(DType.I64)).to(scores.dtype());
    }
}
