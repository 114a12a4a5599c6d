package dev.adjoint.train;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// Adam: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − η·m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).
///
/// Source: Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1; ε stands outside the root as
/// in PyTorch's `torch.optim.Adam`.
///
/// @param rate η
/// @param meanDecay β₁
/// @param squareDecay β₂
/// @param epsilon ε
public record Adam(Schedule rate, double meanDecay, double squareDecay, double epsilon) implements Optimizer {
    /// The number of the step, in f64 so that rates are exact, and the running means of the gradients and of their squares.
    public record State<M>(Tensor step, M mean, M square) {}

    public Adam {
        if (!(meanDecay >= 0 && meanDecay < 1 && squareDecay >= 0 && squareDecay < 1)) {
            throw new InvalidArgument(
                    "Adam's decays lie between 0 and below 1, not at " + meanDecay + " and " + squareDecay);
        }
        if (!(epsilon >= 0)) {
            throw new InvalidArgument("Adam's epsilon is at least 0, not " + epsilon);
        }
    }

    /// A constant rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    public static Adam of(double rate) {
        return of(Schedule.constant(rate));
    }

    /// A scheduled rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    public static Adam of(Schedule rate) {
        return new Adam(rate, 0.9, 0.999, 1e-8);
    }

    @Override
    public <M> State<M> init(M model) {
        return new State<>(
                Array.scalar(DType.F64, 0), Tree.map(model, Tensor::zerosLike), Tree.map(model, Tensor::zerosLike));
    }

    @Override
    @SuppressWarnings("unchecked") // the state is the one that init made for this model
    public <M> Update<M> update(M gradients, Record state, M model) {
        State<M> old = (State<M>) state;
        M mean = Tree.zip(old.mean, gradients, (m, g) -> m.mul(meanDecay).add(g.mul(1 - meanDecay)));
        M square = Tree.zip(
                old.square,
                gradients,
                (v, g) -> v.mul(squareDecay).add(g.square().mul(1 - squareDecay)));
        Tensor next = old.step.add(1);
        Tensor descent = rate.rate(old.step).div(correction(meanDecay, next)).neg();
        Tensor squareCorrection = correction(squareDecay, next);
        M changes = Tree.zip(mean, square, (m, v) -> {
            Tensor deviation = v.div(squareCorrection.to(v.dtype())).sqrt().add(epsilon);
            return m.mul(descent.to(m.dtype())).div(deviation);
        });
        return new Update<>(changes, new State<>(next, mean, square));
    }

    /// 1 − βᵗ = −(e^(t·ln β) − 1), exact for β near 1.
    private static Tensor correction(double decay, Tensor t) {
        return t.mul(Math.log(decay)).expm1().neg();
    }
}
