package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Muon, momentum orthogonalised by Newton–Schulz iterations: b ← μ·b + (1−μ)·g, u = (1−μ)·g + μ·b,
/// w ← w − η·λ·w − η·√max(1, out/in)·O(u), where O(u) ≈ U·Vᵀ for u = U·Σ·Vᵀ.
///
/// O iterates X ← a·X + (b·A + c·A²)·X with A = X·Xᵀ, five times from X = u/‖u‖, with a = 3.4445, b = −4.7750,
/// c = 2.0315: singular values come near 1, not to 1.
///
/// Matrices only. A [dev.adjoint.nn.Linear] is `[in,out]`; a convolution kernel `[out,in,h,w]` counts as the matrix
/// `[out,in·h·w]`. Biases, norms and usually embeddings and readouts belong to another optimiser, see [ByPath].
///
/// Source: Jordan, Jin, Boza, You, Cesista, Newhouse, Bernstein, "Muon: an optimizer for hidden layers in neural
/// networks", 2024. Coefficients, the mixed momentum and Nesterov's form are those of PyTorch's `torch.optim.Muon`; PyTorch
/// iterates in bf16, this in the type of the weights, and keeps matrices as `[out,in]`, which makes no difference for
/// equal networks.
///
/// @param rate η
/// @param momentum μ, from 0 to below 1
/// @param weightDecay λ, decoupled, at least 0
/// @param iterations how often X is replaced, at least 1
public record Muon(Schedule rate, double momentum, double weightDecay, int iterations) implements PerTensor {
    private static final double LINEAR = 3.4445;
    private static final double CUBIC = -4.7750;
    private static final double QUINTIC = 2.0315;

    /// Below this a norm is not divided by.
    private static final double SMALLEST = 1e-7;

    public Muon {
        Range.fraction("muon", "the momentum", momentum);
        Range.notNegative("muon", "λ", weightDecay);
        Range.count("muon", "the number of iterations", iterations);
    }

    /// A constant rate; μ = 0.95, λ = 0.1, five iterations.
    public static Muon of(double rate) {
        return of(Schedule.constant(rate));
    }

    /// A scheduled rate; μ = 0.95, λ = 0.1, five iterations.
    public static Muon of(Schedule rate) {
        return new Muon(rate, 0.95, 0.1, 5);
    }

    @Override
    public List<String> slots() {
        return List.of("momentum");
    }

    @Override
    public Change change(Weight w) {
        Tensor value = w.value();
        if (value.rank() < 2) {
            throw new InvalidArgument("muon: orthogonalises matrices, but a weight is " + value.type()
                    + "; give biases and norms to another optimiser with ByPath");
        }
        Tensor buffer = Moments.mean(w.slot("momentum"), momentum, w.gradient());
        Tensor ahead = Moments.mean(buffer, momentum, w.gradient());
        Tensor direction = orthogonal(matrix(ahead)).reshape(value.shape()).mul(scale(value));
        Tensor descent = w.number(rate.rate(w.step()).neg());
        return new Change(direction.add(value.mul(weightDecay)).mul(descent), Map.of("momentum", buffer));
    }

    private static Tensor matrix(Tensor x) {
        return x.rank() == 2 ? x : x.reshape(x.dim(0), -1);
    }

    /// √max(1, out/in).
    private static double scale(Tensor weight) {
        Tensor matrix = matrix(weight);
        double rows = (double) matrix.dim(0);
        double columns = (double) matrix.dim(1);
        return Math.sqrt(Math.max(1, weight.rank() == 2 ? columns / rows : rows / columns));
    }

    /// The matrix with its singular values moved towards 1.
    private Tensor orthogonal(Tensor u) {
        boolean high = u.dim(0) > u.dim(1);
        Tensor x = high ? u.mT() : u;
        x = x.div(Moments.norm(x).maximum(SMALLEST));
        for (int i = 0; i < iterations; i++) {
            Tensor a = x.matmul(x.mT());
            Tensor polynomial = a.mul(CUBIC).add(a.matmul(a).mul(QUINTIC));
            x = x.mul(LINEAR).add(polynomial.matmul(x));
        }
        return high ? x.mT() : x;
    }
}
