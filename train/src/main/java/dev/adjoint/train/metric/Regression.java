package dev.adjoint.train.metric;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// Errors of numbers y against targets t: MAE = (1/N)·Σ|y−t|, MSE = (1/N)·Σ(y−t)², R² = 1 − Σ(y−t)²/Σ(t−t̄)².
///
/// All numbers of all axes count the same. The spread of the targets is gathered as in Chan, Golub, LeVeque, "Updating
/// formulae and a pairwise algorithm for computing sample variances", 1979, which does not cancel.
///
/// @param numbers N
/// @param absolute Σ|y−t|
/// @param squared Σ(y−t)²
/// @param mean t̄
/// @param spread Σ(t−t̄)²
public record Regression(long numbers, double absolute, double squared, double mean, double spread)
        implements Tally<Regression> {
    /// A batch.
    ///
    /// @throws InvalidArgument if the shapes differ
    public static Regression of(Tensor results, Tensor targets) {
        if (!results.shape().equals(targets.shape())) {
            throw new InvalidArgument(
                    "regression: results and targets have one shape, not " + results.type() + " and " + targets.type());
        }
        double[] y = Array.of(results).toDoubles();
        double[] t = Array.of(targets).toDoubles();
        Regression all = new Regression(0, 0, 0, 0, 0);
        for (int i = 0; i < y.length; i++) {
            double error = y[i] - t[i];
            all = all.plus(new Regression(1, Math.abs(error), error * error, t[i], 0));
        }
        return all;
    }

    @Override
    public Regression plus(Regression other) {
        long n = numbers + other.numbers;
        if (n == 0) {
            return this;
        }
        double apart = other.mean - mean;
        double share = (double) other.numbers / n;
        return new Regression(
                n,
                absolute + other.absolute,
                squared + other.squared,
                mean + apart * share,
                spread + other.spread + apart * apart * numbers * share);
    }

    /// MAE
    public double meanAbsoluteError() {
        return absolute / numbers;
    }

    /// MSE
    public double meanSquaredError() {
        return squared / numbers;
    }

    /// R²; 1 for a perfect fit, 0 for the mean of the targets, negative for worse. NaN or −∞ if all targets are equal.
    public double rSquared() {
        return 1 - squared / spread;
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("mae", meanAbsoluteError());
        figures.put("mse", meanSquaredError());
        figures.put("r2", rSquared());
        return figures;
    }
}
