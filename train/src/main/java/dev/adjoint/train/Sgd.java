package dev.adjoint.train;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// Stochastic gradient descent with momentum: v ← μ·v + g, w ← w − η·v.
///
/// The definition is PyTorch's `torch.optim.SGD` with dampening 0: the rate multiplies the whole velocity. μ = 0 is plain
/// descent.
///
/// @param rate η
/// @param momentum μ, from 0 to below 1
public record Sgd(Schedule rate, double momentum) implements Optimizer {
    /// The number of the step, in f64 so that rates are exact, and the velocities.
    public record State<M>(Tensor step, M velocity) {}

    public Sgd {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new InvalidArgument("a momentum lies between 0 and below 1, not at " + momentum);
        }
    }

    /// A constant rate and no momentum.
    public static Sgd of(double rate) {
        return of(rate, 0);
    }

    /// A constant rate.
    public static Sgd of(double rate, double momentum) {
        return new Sgd(Schedule.constant(rate), momentum);
    }

    @Override
    public <M> State<M> init(M model) {
        return new State<>(Array.scalar(DType.F64, 0), Tree.map(model, Tensor::zerosLike));
    }

    @Override
    @SuppressWarnings("unchecked") // the state is the one that init made for this model
    public <M> Update<M> update(M gradients, Record state, M model) {
        State<M> old = (State<M>) state;
        M velocity = Tree.zip(old.velocity, gradients, (v, g) -> v.mul(momentum).add(g));
        Tensor descent = rate.rate(old.step).neg();
        M changes = Tree.map(velocity, v -> v.mul(descent.to(v.dtype())));
        return new Update<>(changes, new State<>(old.step.add(1), velocity));
    }
}
