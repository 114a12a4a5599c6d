package dev.adjoint.data.transform;

import dev.adjoint.data.Batch;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;

/// Every example mixed with another of its batch: λ·x + (1 − λ)·x′ with λ from Beta(α, α), drawn for each example.
///
/// Source: H. Zhang and others, "mixup: Beyond Empirical Risk Minimization", 2017, arXiv:1710.09412.
///
/// @param alpha how strongly examples are mixed, above 0; usually 0.1 … 0.4
public record Mixup(double alpha) {
    /// @throws InvalidArgument if alpha is not a positive number
    public Mixup {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgument("alpha of mixup must be a positive number, not " + alpha);
        }
    }

    /// The mixed batch; the partners are a permutation that belongs to the key.
    public MixedBatch apply(Batch batch, Key key) {
        int size = batch.size();
        int[] partners = key.fold(0).permutation(size);
        float[] x = Array.of(batch.features()).elements().floats();
        long[] labels = Array.of(batch.labels()).toLongs();
        float[] mixed = new float[x.length];
        long[] others = new long[size];
        float[] shares = new float[size];
        int width = x.length / size;
        for (int i = 0; i < size; i++) {
            shares[i] = (float) beta(key.fold(1).fold(i));
            others[i] = labels[partners[i]];
            for (int j = 0; j < width; j++) {
                float other = x[partners[i] * width + j];
                mixed[i * width + j] = other + shares[i] * (x[i * width + j] - other);
            }
        }
        return new MixedBatch(
                Array.of(batch.features().type(), Elements.wrap(mixed)),
                batch.labels(),
                Array.of(others),
                Array.of(shares));
    }

    /// A number from Beta(α, α): a / (a + b) of two numbers from Gamma(α).
    private double beta(Key key) {
        double a = logGamma(key.fold(0));
        double b = logGamma(key.fold(1));
        return 1 / (1 + Math.exp(b - a));
    }

    /// The logarithm of a number from Gamma(α): small α would underflow otherwise. Source: G. Marsaglia, W. Tsang, "A Simple
    /// Method for Generating Gamma Variables", 2000, with Gamma(α) = Gamma(α + 1)·u^(1/α).
    private double logGamma(Key key) {
        double d = alpha + 1 - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        for (long i = 0; ; i++) {
            double z = key.fold(0).normal(i);
            double v = Math.pow(1 + c * z, 3);
            double u = 1 - key.fold(1).uniform(i);
            if (v > 0 && Math.log(u) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
                return Math.log(d * v) + Math.log(1 - key.fold(2).uniform(0)) / alpha;
            }
        }
    }
}
