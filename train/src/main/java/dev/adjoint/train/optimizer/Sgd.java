package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Stochastic gradient descent with momentum: v ← μ·v + (1−τ)·g, w ← w − η·v; Nesterov's form w ← w − η·(g + μ·v).
///
/// The definition is PyTorch's `torch.optim.SGD`: the rate multiplies the whole velocity, the first velocity is the
/// gradient itself, not damped, and Nesterov's form looks ahead with the new velocity. μ = 0 is plain descent.
///
/// Sources: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; Sutskever, Martens, Dahl,
/// Hinton, "On the importance of initialization and momentum in deep learning", ICML 2013.
///
/// @param rate η
/// @param momentum μ, from 0 to below 1
/// @param dampening τ, from 0 to 1; 0 with Nesterov's form
/// @param form where the gradient is followed from
public record Sgd(Schedule rate, double momentum, double dampening, Form form) implements PerTensor {
    /// Where the gradient is followed from.
    public enum Form {
        /// From where the weights are.
        CLASSICAL,
        /// From where the velocity is about to take them.
        NESTEROV
    }

    public Sgd {
        Range.fraction("sgd", "the momentum", momentum);
        Range.require(
                dampening >= 0 && dampening <= 1, "sgd", "the dampening", "lies between 0 and 1, not at " + dampening);
        Range.require(
                form == Form.CLASSICAL || (momentum > 0 && dampening == 0),
                "sgd",
                "Nesterov's form",
                "needs a momentum above 0 and no dampening, not " + momentum + " and " + dampening);
    }

    /// A constant rate and no momentum.
    public static Sgd of(double rate) {
        return of(Schedule.constant(rate));
    }

    /// A scheduled rate and no momentum.
    public static Sgd of(Schedule rate) {
        return new Sgd(rate, 0, 0, Form.CLASSICAL);
    }

    /// A constant rate.
    public static Sgd of(double rate, double momentum) {
        return of(rate).momentum(momentum);
    }

    /// With another μ.
    public Sgd momentum(double changed) {
        return new Sgd(rate, changed, dampening, form);
    }

    /// With another τ.
    public Sgd dampening(double changed) {
        return new Sgd(rate, momentum, changed, form);
    }

    /// In Nesterov's form.
    public Sgd nesterov() {
        return new Sgd(rate, momentum, dampening, Form.NESTEROV);
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of("velocity");
    }

    @Override
    public Change change(Weight w) {
        Tensor descent = w.number(rate.rate(w.step()).neg());
        Tensor g = w.gradient();
        if (momentum == 0) {
            return new Change(g.mul(descent), Map.of());
        }
        Tensor v = velocity(w.slot("velocity").mul(momentum), w);
        Tensor direction = form == Form.NESTEROV ? g.add(v.mul(momentum)) : v;
        return new Change(direction.mul(descent), Map.of("velocity", v));
    }

    private Tensor velocity(Tensor slowed, Weight w) {
        Tensor g = w.gradient();
        return dampening == 0 ? slowed.add(g) : w.step().eq(0).where(g, slowed.add(g.mul(1 - dampening)));
    }
}
