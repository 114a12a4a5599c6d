package dev.adjoint.nn;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// How far numbers are from numbers, element by element: results y and targets t of one shape.
///
/// {@snippet :
/// Tensor objective = RegressionLosses.huber(y, t, 1, Aggregation.MEAN);
/// }
public final class RegressionLosses {
    private RegressionLosses() {}

    /// Squared error: (y − t)². `mse_loss` of PyTorch.
    ///
    /// @throws ShapeMismatch if the shapes differ
    public static Tensor squaredError(Tensor results, Tensor targets, Aggregation aggregation) {
        return aggregation.of(difference("squaredError", results, targets).square());
    }

    /// Absolute error: |y − t|, with derivative 0 where they are equal. `l1_loss` of PyTorch.
    ///
    /// @throws ShapeMismatch if the shapes differ
    public static Tensor absoluteError(Tensor results, Tensor targets, Aggregation aggregation) {
        return aggregation.of(difference("absoluteError", results, targets).abs());
    }

    /// Huber's loss of d = y − t: ½·d² where |d| ≤ δ, else δ·(|d| − ½·δ). `huber_loss` of PyTorch.
    ///
    /// Source: Huber, "Robust estimation of a location parameter", 1964.
    ///
    /// @param delta δ, above 0
    /// @throws ShapeMismatch if the shapes differ
    /// @throws InvalidArgument if δ is not above 0
    public static Tensor huber(Tensor results, Tensor targets, double delta, Aggregation aggregation) {
        if (!(delta > 0)) {
            throw new InvalidArgument("huber: delta must be above 0, not " + delta);
        }
        return aggregation.of(huber(difference("huber", results, targets), delta));
    }

    // With q = clamp(d, −δ, δ) both branches are q·(d − q/2), so there is no choice to differentiate.
    private static Tensor huber(Tensor difference, double delta) {
        Tensor held = difference.clamp(-delta, delta);
        return held.mul(difference.sub(held.mul(0.5)));
    }

    /// Smooth absolute error of d = y − t: ½·d²/β where |d| < β, else |d| − ½·β. `smooth_l1_loss` of PyTorch; β = 0 is the
    /// absolute error.
    ///
    /// Source: Girshick, "Fast R-CNN", 2015.
    ///
    /// @param beta β, at least 0
    /// @throws ShapeMismatch if the shapes differ
    /// @throws InvalidArgument if β is negative
    public static Tensor smoothAbsoluteError(Tensor results, Tensor targets, double beta, Aggregation aggregation) {
        if (!(beta >= 0)) {
            throw new InvalidArgument("smoothAbsoluteError: beta must be at least 0, not " + beta);
        }
        Tensor difference = difference("smoothAbsoluteError", results, targets);
        return aggregation.of(
                beta == 0 ? difference.abs() : huber(difference, beta).div(beta));
    }

    /// Poisson's loss of a rate e^y for a count t: e^y − t·y, the negative logarithm of the probability without its constant.
    /// `poisson_nll_loss` of PyTorch with `log_input`.
    ///
    /// @param logRates y, the logarithms of the rates
    /// @throws ShapeMismatch if the shapes differ
    public static Tensor poisson(Tensor logRates, Tensor counts, Aggregation aggregation) {
        same("poisson", logRates, counts);
        return aggregation.of(logRates.exp().sub(counts.mul(logRates)));
    }

    /// Poisson's loss of a rate y for a count t: y − t·ln(y + ε). `poisson_nll_loss` of PyTorch without `log_input`, whose ε is
    /// 1e-8.
    ///
    /// @throws ShapeMismatch if the shapes differ
    public static Tensor poissonOfRates(Tensor rates, Tensor counts, double epsilon, Aggregation aggregation) {
        same("poissonOfRates", rates, counts);
        return aggregation.of(rates.sub(counts.mul(rates.add(epsilon).log())));
    }

    /// Stirling's estimate of the constant that Poisson's loss leaves out: t·ln t − t + ½·ln(2πt) where t > 1, else 0. Added to it,
    /// it is the `full` loss of PyTorch.
    public static Tensor stirling(Tensor counts) {
        Tensor large = counts.gt(1);
        Tensor t = large.where(counts, counts.constant(1));
        Tensor constant = t.mul(t.log()).sub(t).add(t.mul(2 * Math.PI).log().mul(0.5));
        return large.where(constant, counts.constant(0));
    }

    private static Tensor difference(String loss, Tensor results, Tensor targets) {
        same(loss, results, targets);
        return results.sub(targets);
    }

    private static void same(String loss, Tensor results, Tensor targets) {
        if (!results.shape().equals(targets.shape())) {
            throw new ShapeMismatch(
                    loss, List.of(results.type(), targets.type()), "results and targets must have one shape");
        }
    }
}
