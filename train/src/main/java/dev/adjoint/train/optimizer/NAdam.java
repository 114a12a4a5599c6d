package dev.adjoint.train.optimizer;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// NAdam, Adam with Nesterov's momentum: w ← w − η·((1−μₜ)/(1−Πₜ)·g + μₜ₊₁/(1−Πₜ·μₜ₊₁)·m)/(√v̂ + ε) with
/// μₜ = β₁·(1 − 0.96^(t·ψ)/2), Πₜ = μ₁·…·μₜ; m and v̂ as in [Adam].
///
/// Source: Dozat, "Incorporating Nesterov momentum into Adam", ICLR 2016 workshop; the warming of μ and ψ are those of
/// PyTorch's `torch.optim.NAdam`.
///
/// @param rate η
/// @param meanDecay β₁, from 0 to below 1
/// @param squareDecay β₂, from 0 to below 1
/// @param epsilon ε, at least 0
/// @param momentumDecay ψ, at least 0
public record NAdam(Schedule rate, double meanDecay, double squareDecay, double epsilon, double momentumDecay)
        implements Optimizer {
    /// Πₜ in f64, and the running means.
    public record State(Tensor product, Record means) {}

    public NAdam {
        Range.fraction("nadam", "β₁", meanDecay);
        Range.fraction("nadam", "β₂", squareDecay);
        Range.notNegative("nadam", "ε", epsilon);
        Range.notNegative("nadam", "ψ", momentumDecay);
    }

    /// A constant rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, ψ = 0.004.
    public static NAdam of(double rate) {
        return of(Schedule.constant(rate));
    }

    /// A scheduled rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, ψ = 0.004.
    public static NAdam of(Schedule rate) {
        return new NAdam(rate, 0.9, 0.999, 1e-8, 4e-3);
    }

    @Override
    public <M> State init(M model) {
        Tensor one = Array.scalar(DType.F64, 1);
        return new State(one, new Means(this, one).init(model));
    }

    @Override
    public <M> Update<M> update(M gradients, Record state, M model) {
        State old = (State) state;
        Tensor product =
                old.product.mul(momentum(((PerTensor.State<?>) old.means).step().add(1)));
        Update<M> update = new Means(this, product).update(gradients, old.means, model);
        return new Update<>(update.changes(), new State(product, update.state()));
    }

    /// μₜ for t from 1.
    private Tensor momentum(Tensor t) {
        return t.mul(momentumDecay * Math.log(0.96)).exp().mul(-0.5).add(1).mul(meanDecay);
    }

    private record Means(NAdam nadam, Tensor product) implements PerTensor {
        @Override
        public List<String> slots() {
            return List.of("mean", "square");
        }

        @Override
        public Change change(Weight w) {
            Tensor g = w.gradient();
            Tensor m = Moments.mean(w.slot("mean"), nadam.meanDecay, g);
            Tensor v = Moments.mean(w.slot("square"), nadam.squareDecay, g.square());
            Tensor t = w.step().add(1);
            Tensor ahead = nadam.momentum(t.add(1));
            Tensor ofGradient = nadam.momentum(t).rsub(1).div(product.rsub(1));
            Tensor ofMean = ahead.div(product.mul(ahead).rsub(1));
            Tensor direction = g.mul(w.number(ofGradient)).add(m.mul(w.number(ofMean)));
            Tensor deviation = v.div(w.number(Moments.correction(nadam.squareDecay, t)))
                    .sqrt()
                    .add(nadam.epsilon);
            Tensor amount = direction
                    .div(deviation)
                    .mul(w.number(nadam.rate.rate(w.step()).neg()));
            return new Change(amount, Map.of("mean", m, "square", v));
        }
    }
}
