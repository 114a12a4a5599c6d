package dev.adjoint.nn;

import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Cross entropy of scores s over C classes for targets q: lₙ = −Σ_c w_c·q′ₙ_c·ln softmax(sₙ)_c, with smoothed targets
/// q′ = (1 − ε)·q + ε/C. For a class index y, q is 1 at y and 0 elsewhere.
///
/// Matches `cross_entropy` and `nll_loss` of PyTorch, except that classes are counted along the last axis. The mean over class
/// indices is the sum divided by Σₙ w_yₙ over the examples that are not ignored, so of only ignored examples it is 0/0; the mean
/// over probabilities is the sum divided by the number of examples.
///
/// {@snippet :
/// CrossEntropyLoss loss = CrossEntropyLoss.plain().smoothedBy(0.1).ignoring(0);
/// Tensor objective = loss.ofClasses(scores, labels);
/// }
///
/// @param weights w, `[C]`, or nothing for ones
/// @param smoothing ε, from 0 to 1
/// @param ignored the class index whose examples do not count, for instance −100
/// @param aggregation what becomes of the losses
public record CrossEntropyLoss(Optional<Tensor> weights, double smoothing, long ignored, Aggregation aggregation) {
    /// The index that PyTorch ignores.
    private static final long NO_CLASS = -100;

    public CrossEntropyLoss {
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new InvalidArgument("label smoothing lies between 0 and 1, not at " + smoothing);
        }
    }

    /// Equal weights, no smoothing, −100 ignored, the mean.
    public static CrossEntropyLoss plain() {
        return new CrossEntropyLoss(Optional.empty(), 0, NO_CLASS, Aggregation.MEAN);
    }

    /// With a weight for each class, `[C]`.
    public CrossEntropyLoss weightedBy(Tensor weights) {
        return new CrossEntropyLoss(Optional.of(weights), smoothing, ignored, aggregation);
    }

    /// With smoothed targets (Szegedy and others, "Rethinking the Inception architecture", 2016).
    public CrossEntropyLoss smoothedBy(double smoothing) {
        return new CrossEntropyLoss(weights, smoothing, ignored, aggregation);
    }

    /// With another class index that does not count.
    public CrossEntropyLoss ignoring(long ignored) {
        return new CrossEntropyLoss(weights, smoothing, ignored, aggregation);
    }

    /// With the losses put together in another way.
    public CrossEntropyLoss with(Aggregation aggregation) {
        return new CrossEntropyLoss(weights, smoothing, ignored, aggregation);
    }

    /// The loss of scores `[…,C]` for class indices `[…]`. An index that is neither a class nor ignored counts as no class.
    ///
    /// @throws ShapeMismatch if scores and labels do not fit
    /// @throws DTypeMismatch if the labels are not integers
    public Tensor ofClasses(Tensor scores, Tensor labels) {
        check(scores, labels);
        if (weights.isEmpty() && smoothing == 0) {
            return total(scores, labels, scores.crossEntropy(labels), scores.constant(1));
        }
        return ofLogProbabilities(scores.logSoftmax(-1), labels);
    }

    /// The loss of log-probabilities `[…,C]`, as [Tensor#logSoftmax] gives them, for class indices `[…]`: `nll_loss` of PyTorch.
    ///
    /// @throws ShapeMismatch if log-probabilities and labels do not fit
    /// @throws DTypeMismatch if the labels are not integers
    public Tensor ofLogProbabilities(Tensor logProbabilities, Tensor labels) {
        check(logProbabilities, labels);
        Tensor chosen = labels.oneHot(logProbabilities.dim(-1), DType.BOOL);
        Tensor weight = weights.map(w -> pick(chosen, w)).orElse(logProbabilities.constant(1));
        Tensor loss = pick(chosen, logProbabilities).mul(weight).neg();
        if (smoothing > 0) {
            Tensor even = weighted(logProbabilities).sum(-1).neg();
            loss = loss.mul(1 - smoothing).add(even.mul(smoothing / (double) logProbabilities.dim(-1)));
        }
        return total(logProbabilities, labels, loss, weight);
    }

    // Selected, not multiplied: a log-probability of −∞ elsewhere must not turn into NaN.
    private static Tensor pick(Tensor chosen, Tensor from) {
        return chosen.where(from, from.constant(0)).sum(-1);
    }

    private Tensor total(Tensor scores, Tensor labels, Tensor losses, Tensor weights) {
        Tensor counted = labels.to(DType.I64).ne(labels.create(Constant.scalar(DType.I64, (double) ignored)));
        Tensor zero = scores.constant(0);
        return aggregation.of(
                counted.where(losses, zero), counted.where(weights, zero).broadcastTo(labels.shape()));
    }

    /// The loss of scores `[…,C]` for probabilities of the same shape. No example is ignored.
    ///
    /// @throws ShapeMismatch if the shapes differ
    public Tensor ofProbabilities(Tensor scores, Tensor probabilities) {
        if (!scores.shape().equals(probabilities.shape()) || scores.rank() < 1) {
            throw new ShapeMismatch(
                    "crossEntropyLoss",
                    List.of(scores.type(), probabilities.type()),
                    "scores and probabilities must have one shape […,C]");
        }
        checkWeights(scores);
        Tensor targets = probabilities;
        if (smoothing > 0) {
            targets = targets.mul(1 - smoothing).add(smoothing / (double) scores.dim(-1));
        }
        Tensor terms = targets.mul(weighted(scores.logSoftmax(-1)));
        // A class of probability 0 costs nothing, whatever its score.
        Tensor absent = targets.eq(0);
        return aggregation.of(absent.where(scores.constant(0), terms).sum(-1).neg());
    }

    private Tensor weighted(Tensor logProbabilities) {
        return weights.map(logProbabilities::mul).orElse(logProbabilities);
    }

    private void check(Tensor scores, Tensor labels) {
        List<TensorType> types = List.of(scores.type(), labels.type());
        if (scores.rank() < 1 || !scores.shape().leading(1).equals(labels.shape())) {
            throw new ShapeMismatch("crossEntropyLoss", types, "scores […,C] need class indices of shape […]");
        }
        if (!labels.dtype().isInteger()) {
            throw new DTypeMismatch(
                    "crossEntropyLoss", types, "class indices must be integers; convert with c.to(DType.I64)");
        }
        checkWeights(scores);
    }

    private void checkWeights(Tensor scores) {
        weights.filter(w -> w.rank() != 1 || w.dim(0) != scores.dim(-1)).ifPresent(w -> {
            throw new ShapeMismatch(
                    "crossEntropyLoss", List.of(scores.type(), w.type()), "weights must be [C], one for each class");
        });
    }
}
