package dev.adjoint.nn;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// How far distributions are from distributions, given element by element: log-probabilities and probabilities of one shape.
public final class DistributionLosses {
    private DistributionLosses() {}

    /// The divergence of Kullback and Leibler from predictions q to targets p, term by term: p·(ln p − ln q), 0 where p = 0. It
    /// takes ln q. The divergence of an example is the sum of its terms: [Aggregation#EXAMPLE_MEAN] averages that
    /// (`batchmean` of PyTorch's `kl_div`), [Aggregation#MEAN] the terms.
    ///
    /// @param logPredictions ln q
    /// @param targets p
    /// @throws ShapeMismatch if the shapes differ
    public static Tensor klDivergence(Tensor logPredictions, Tensor targets, Aggregation aggregation) {
        same("klDivergence", logPredictions, targets);
        // Both factors are replaced where p = 0: 0·∞ would be NaN, and its derivative too.
        Tensor absent = targets.eq(0);
        Tensor p = absent.where(targets.constant(1), targets);
        Tensor term = p.mul(p.log().sub(absent.where(targets.constant(0), logPredictions)));
        return aggregation.of(absent.where(targets.constant(0), term));
    }

    /// [#klDivergence] with the targets as logarithms too: p·(ln p − ln q), 0 where ln p = −∞. `kl_div` of PyTorch with
    /// `log_target`.
    ///
    /// @param logPredictions ln q
    /// @param logTargets ln p
    /// @throws ShapeMismatch if the shapes differ
    public static Tensor klDivergenceOfLogs(Tensor logPredictions, Tensor logTargets, Aggregation aggregation) {
        same("klDivergenceOfLogs", logPredictions, logTargets);
        Tensor zero = logTargets.constant(0);
        Tensor absent = logTargets.eq(Double.NEGATIVE_INFINITY);
        Tensor logP = absent.where(zero, logTargets);
        Tensor term = logP.exp().mul(logP.sub(absent.where(zero, logPredictions)));
        return aggregation.of(absent.where(zero, term));
    }

    /// Binary cross entropy of a score x for a probability t: −t·ln σ(x) − (1 − t)·ln(1 − σ(x)) = (1 − t)·x + ln(1 + e^−x).
    /// `binary_cross_entropy_with_logits` of PyTorch.
    ///
    /// @param scores x
    /// @param targets t, from 0 to 1
    /// @throws ShapeMismatch if the shapes differ
    public static Tensor binaryCrossEntropy(Tensor scores, Tensor targets, Aggregation aggregation) {
        same("binaryCrossEntropy", scores, targets);
        return aggregation.of(targets.rsub(1).mul(scores).add(scores.neg().softplus()));
    }

    /// Binary cross entropy in which targets of 1 count w times: −w·t·ln σ(x) − (1 − t)·ln(1 − σ(x)) =
    /// (1 − t)·x + (1 + (w − 1)·t)·ln(1 + e^−x). `binary_cross_entropy_with_logits` of PyTorch with `pos_weight`.
    ///
    /// @param positiveWeights w, broadcasts to the scores
    /// @throws ShapeMismatch if the shapes differ
    public static Tensor binaryCrossEntropy(
            Tensor scores, Tensor targets, Tensor positiveWeights, Aggregation aggregation) {
        same("binaryCrossEntropy", scores, targets);
        Tensor factor = positiveWeights.sub(1).mul(targets).add(1);
        return aggregation.of(
                targets.rsub(1).mul(scores).add(factor.mul(scores.neg().softplus())));
    }

    /// Focal loss of a score x for a label t of 0 or 1: αₜ·(1 − pₜ)^γ·(−ln pₜ), where pₜ is the probability that the score gives to
    /// the label and αₜ is α for 1 and 1 − α for 0. `sigmoid_focal_loss` of torchvision.
    ///
    /// Source: Lin, Goyal, Girshick, He, Dollár, "Focal loss for dense object detection", 2017.
    ///
    /// @param alpha the weight of label 1, from 0 to 1; negative for no weights
    /// @param gamma γ, at least 0
    public record Focal(double alpha, double gamma) {
        public Focal {
            if (!(alpha <= 1 && gamma >= 0)) {
                throw new InvalidArgument(
                        "focal: alpha must be at most 1 and gamma at least 0, not " + alpha + " and " + gamma);
            }
        }

        /// The weights of the paper: α = 0.25, γ = 2.
        public static Focal standard() {
            return new Focal(0.25, 2);
        }

        /// The loss of scores and labels of one shape.
        ///
        /// @throws ShapeMismatch if the shapes differ
        public Tensor of(Tensor scores, Tensor labels, Aggregation aggregation) {
            Tensor entropy = binaryCrossEntropy(scores, labels, Aggregation.NONE);
            // 1 − pₜ is σ(−x) for label 1 and σ(x) for label 0; the logarithm keeps its power exact near 0.
            Tensor logMiss = labels.mul(scores.softplus())
                    .add(labels.rsub(1).mul(scores.neg().softplus()))
                    .neg();
            Tensor loss = logMiss.mul(gamma).exp().mul(entropy);
            Tensor weight = labels.mul(2 * alpha - 1).add(1 - alpha);
            return aggregation.of(alpha < 0 ? loss : loss.mul(weight));
        }
    }

    private static void same(String loss, Tensor predictions, Tensor targets) {
        if (!predictions.shape().equals(targets.shape())) {
            throw new ShapeMismatch(
                    loss, List.of(predictions.type(), targets.type()), "predictions and targets must have one shape");
        }
    }
}
