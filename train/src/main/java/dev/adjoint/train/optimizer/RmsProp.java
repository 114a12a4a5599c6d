package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// RMSProp: s ← αs + (1−α)g², w ← w − η·g/(√s + ε); centred, √(s − m²) stands for √s, with m ← αm + (1−α)g; with
/// momentum, b ← μ·b + g/(√s + ε), w ← w − η·b.
///
/// Sources: Tieleman, Hinton, "Neural networks for machine learning", lecture 6.5, 2012; the centred form: Graves,
/// "Generating sequences with recurrent neural networks", arXiv:1308.0850. ε stands outside the root, and the rate
/// multiplies the whole velocity, as in PyTorch's `torch.optim.RMSprop`.
///
/// @param rate η
/// @param decay α, from 0 to below 1
/// @param epsilon ε, at least 0
/// @param momentum μ, from 0 to below 1
/// @param centre what the deviations are measured from
public record RmsProp(Schedule rate, double decay, double epsilon, double momentum, Centre centre)
        implements PerTensor {
    /// What the deviations of gradients are measured from.
    public enum Centre {
        /// Root mean square.
        ZERO,
        /// Standard deviation.
        MEAN
    }

    public RmsProp {
        Range.fraction("rmsprop", "α", decay);
        Range.notNegative("rmsprop", "ε", epsilon);
        Range.fraction("rmsprop", "the momentum", momentum);
    }

    /// A constant rate; α = 0.99, ε = 10⁻⁸, no momentum, not centred.
    public static RmsProp of(double rate) {
        return of(Schedule.constant(rate));
    }

    /// A scheduled rate; α = 0.99, ε = 10⁻⁸, no momentum, not centred.
    public static RmsProp of(Schedule rate) {
        return new RmsProp(rate, 0.99, 1e-8, 0, Centre.ZERO);
    }

    /// With another α.
    public RmsProp decay(double changed) {
        return new RmsProp(rate, changed, epsilon, momentum, centre);
    }

    /// With another μ.
    public RmsProp momentum(double changed) {
        return new RmsProp(rate, decay, epsilon, changed, centre);
    }

    /// In the centred form.
    public RmsProp centred() {
        return new RmsProp(rate, decay, epsilon, momentum, Centre.MEAN);
    }

    @Override
    public List<String> slots() {
        List<String> slots = new ArrayList<>(List.of("square"));
        if (centre == Centre.MEAN) {
            slots.add("mean");
        }
        if (momentum > 0) {
            slots.add("velocity");
        }
        return slots;
    }

    @Override
    public Change change(Weight w) {
        Map<String, Tensor> slots = new LinkedHashMap<>();
        Tensor g = w.gradient();
        Tensor spread = Moments.mean(w.slot("square"), decay, g.square());
        slots.put("square", spread);
        if (centre == Centre.MEAN) {
            Tensor m = Moments.mean(w.slot("mean"), decay, g);
            slots.put("mean", m);
            spread = spread.sub(m.square());
        }
        Tensor direction = g.div(spread.sqrt().add(epsilon));
        if (momentum > 0) {
            direction = w.slot("velocity").mul(momentum).add(direction);
            slots.put("velocity", direction);
        }
        return new Change(direction.mul(w.number(rate.rate(w.step()).neg())), slots);
    }
}
