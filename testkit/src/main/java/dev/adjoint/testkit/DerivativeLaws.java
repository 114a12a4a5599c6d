package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.Composite;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Key;
import dev.adjoint.transform.Expand;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.List;

/// The laws of derivatives, each at the first drawn point around which the function is smooth.
final class DerivativeLaws {
    private static final int ATTEMPTS = 50;
    private static final double EXACT = 1e-11;

    private DerivativeLaws() {}

    static void firstOrder(LawCase at) {
        if (Samples.isDifferentiable(at.sample(), at.key())) {
            below(smoothErrors(at, Order.FIRST));
        }
    }

    static void secondOrder(LawCase at) {
        if (Samples.isDifferentiable(at.sample(), at.key())) {
            below(smoothErrors(at, Order.SECOND_FORWARD));
        }
        if (Samples.isReversible(at.sample(), at.key())) {
            below(smoothErrors(at, Order.SECOND_REVERSE));
        }
    }

    /// Differences of the second derivatives, which [#secondOrder] holds to differences of the first: a chain whose every
    /// link is an independent truth. The tolerance is the same, because differences of smooth values lose as many digits
    /// at every order.
    static void thirdOrder(LawCase at) {
        if (Samples.isDifferentiable(at.sample(), at.key())) {
            below(smoothErrors(at, Order.THIRD_FORWARD));
        }
        if (Samples.isReversible(at.sample(), at.key())) {
            below(smoothErrors(at, Order.THIRD_REVERSE));
        }
    }

    static void transpose(LawCase at) {
        if (!Samples.isReversible(at.sample(), at.key())) {
            return;
        }
        Probe probe = Samples.probe(at.sample(), at.key());
        for (Probe each : List.of(probe, probe.forwardProbe(at.key()), probe.reverseProbe(at.key()))) {
            double error = each.transposeError(at.key().fold(3));
            if (!(error < EXACT)) {
                throw new AssertionError("⟨ct, J·t⟩ and ⟨Jᵀ·ct, t⟩ differ by " + error + " in\n" + each.graph());
            }
        }
    }

    static void expansion(LawCase at) {
        boolean applies = at.sample().op() instanceof Composite && Samples.isDifferentiable(at.sample(), at.key());
        if (!applies) {
            return;
        }
        Probe probe = Samples.probe(at.sample(), at.key()).reverseProbe(at.key());
        Graph expanded = Expand.all().apply(Samples.graph(at.sample()));
        double[] own = run(probe.graph(), probe.point());
        double[] derived = run(new Vjp().apply(expanded), probe.point());
        double error = Coordinates.relativeError(own, derived);
        if (!(error < EXACT)) {
            throw new AssertionError("the reverse rule and the expansion's differ by " + error);
        }
    }

    private static double[] run(Graph graph, List<Array> arguments) {
        return Coordinates.of(Executable.compile(graph, Kernels.reference()).run(new ArrayList<>(arguments)));
    }

    /// Which graph is differentiated.
    private enum Order {
        FIRST,
        SECOND_FORWARD,
        SECOND_REVERSE,
        THIRD_FORWARD,
        THIRD_REVERSE;

        Probe probe(Probe first, Key key) {
            return switch (this) {
                case FIRST -> first;
                case SECOND_FORWARD -> first.forwardProbe(key);
                case SECOND_REVERSE -> first.reverseProbe(key);
                case THIRD_FORWARD -> first.forwardProbe(key).forwardProbe(key.fold(1));
                case THIRD_REVERSE -> first.reverseProbe(key).forwardProbe(key.fold(1));
            };
        }
    }

    private static Probe.Errors smoothErrors(LawCase at, Order order) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Key key = at.key().fold(attempt);
            Probe probe = order.probe(Samples.probe(at.sample(), key), key.fold(1));
            Probe.Errors errors = probe.errors(key.fold(2));
            if (errors.smooth()) {
                return errors;
            }
        }
        throw new AssertionError("differences agreed at none of " + ATTEMPTS + " points: is there a smooth one?");
    }

    private static void below(Probe.Errors errors) {
        if (!(errors.either() < OpCheck.TOLERANCE)) {
            throw new AssertionError("relative error of forward mode " + errors.forward() + ", of reverse mode "
                    + errors.reverse() + ", allowed " + OpCheck.TOLERANCE);
        }
    }
}
