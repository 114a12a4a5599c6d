package dev.adjoint.testkit;

import dev.adjoint.op.Catalog;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Key;
import java.util.List;
import java.util.stream.DoubleStream;

/// The gradient check: how far the derivatives of operators lie from central differences in float64, at orders 1 to 3, in
/// forward and reverse mode.
///
/// @param key what operands, directions and cotangents are drawn with
public record OpCheck(Key key) {
    /// Every operator must stay below this.
    public static final double TOLERANCE = 1e-6;

    private static final int ATTEMPTS = 50;

    /// The worst relative errors |analytic − numeric| / max(1, |analytic|, |numeric|) of one operator over its samples.
    ///
    /// Order 2 checks the derivative graphs once more, each in both modes: `forward2` those of (x, t) ↦ ∂f·t, `reverse2`
    /// those of (x, ct) ↦ ∂fᵀ·ct. Order 3 does so with the forward graphs of these two. All errors are 0 where there is no
    /// derivative.
    ///
    /// @param operator its printed name
    /// @param family its family
    /// @param samples at how many samples derivatives were compared
    /// @param withoutDerivative why there is no derivative, or an empty text
    public record Result(
            String operator,
            String family,
            int samples,
            double forward1,
            double reverse1,
            double forward2,
            double reverse2,
            double forward3,
            double reverse3,
            String withoutDerivative) {
        /// The largest of the six errors.
        public double worst() {
            return DoubleStream.of(forward1, reverse1, forward2, reverse2, forward3, reverse3)
                    .max()
                    .orElseThrow();
        }

        public boolean hasDerivative() {
            return withoutDerivative.isEmpty();
        }

        /// Whether there is no derivative, or it was compared and all errors are below [OpCheck#TOLERANCE].
        public boolean passed() {
            return !hasDerivative() || (samples > 0 && worst() < TOLERANCE);
        }
    }

    /// The check with the customary key.
    public static OpCheck seeded() {
        return new OpCheck(Key.of(231));
    }

    /// The results of operator classes, of the catalogue or the user's own, in order.
    public static List<Result> run(List<Class<? extends Op>> operators) {
        return operators.stream().map(seeded()::run).toList();
    }

    /// The result of one operator class.
    public Result run(Class<? extends Op> operator) {
        List<Sample> samples = Samples.stated(operator);
        String reason = samples.isEmpty()
                ? "the result depends on no operand"
                : samples.getFirst().op().withoutDerivative();
        Measured worst = Measured.NOTHING;
        int compared = 0;
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            if (Samples.isDifferentiable(sample, key)) {
                worst = worst.worst(measure(sample, key.fold(i)));
                compared++;
            }
        }
        return new Result(
                Catalog.name(operator),
                Catalog.family(operator),
                compared,
                worst.first.forward(),
                worst.first.reverse(),
                worst.forward.either(),
                worst.reverse.either(),
                worst.forward3.either(),
                worst.reverse3.either(),
                reason);
    }

    /// The errors of a graph, of its forward graph and its reverse graph, and of the forward graphs of these.
    private record Measured(
            Probe.Errors first,
            Probe.Errors forward,
            Probe.Errors reverse,
            Probe.Errors forward3,
            Probe.Errors reverse3) {
        static final Measured NOTHING = all(Probe.Errors.NONE);

        /// Nothing could be compared: that counts as the largest error.
        static final Measured NOWHERE_SMOOTH = all(Probe.Errors.UNKNOWN);

        private static Measured all(Probe.Errors errors) {
            return new Measured(errors, errors, errors, errors, errors);
        }

        Measured worst(Measured other) {
            return new Measured(
                    first.worst(other.first),
                    forward.worst(other.forward),
                    reverse.worst(other.reverse),
                    forward3.worst(other.forward3),
                    reverse3.worst(other.reverse3));
        }

        boolean smooth() {
            return first.smooth() && forward.smooth() && reverse.smooth() && forward3.smooth() && reverse3.smooth();
        }
    }

    /// Measures at the first drawn point around which the function and its derivatives are smooth.
    private static Measured measure(Sample sample, Key key) {
        Measured measured = measureAt(sample, key.fold(0));
        for (int attempt = 1; attempt < ATTEMPTS && !measured.smooth(); attempt++) {
            measured = measureAt(sample, key.fold(attempt));
        }
        return measured.smooth() ? measured : Measured.NOWHERE_SMOOTH;
    }

    private static Measured measureAt(Sample sample, Key key) {
        Probe probe = Samples.probe(sample, key);
        Probe.Errors first = probe.errors(key.fold(1));
        if (!first.smooth()) {
            return new Measured(first, Probe.Errors.NONE, Probe.Errors.NONE, Probe.Errors.NONE, Probe.Errors.NONE);
        }
        Probe forward = probe.forwardProbe(key.fold(2));
        Probe.Errors forward2 = forward.errors(key.fold(3));
        Probe.Errors forward3 = forward.forwardProbe(key.fold(6)).errors(key.fold(7));
        if (probe.reversible().isEmpty()) {
            return new Measured(first, forward2, Probe.Errors.NONE, forward3, Probe.Errors.NONE);
        }
        Probe reverse = probe.reverseProbe(key.fold(4));
        return new Measured(
                first,
                forward2,
                reverse.errors(key.fold(5)),
                forward3,
                reverse.forwardProbe(key.fold(8)).errors(key.fold(9)));
    }
}
