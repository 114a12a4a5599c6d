package dev.adjoint.testkit;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Sample.Operand;
import dev.adjoint.op.Unary;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Elements;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Where a function is not smooth, its derivative is one of the slopes between those on the two sides; or, for functions
/// such as sorting whose slope along a line is none of a linear map, between the slopes at points nearby, which is what
/// Clarke's generalized derivative is the hull of.
final class TieLaw {
    private static final double TOLERANCE = 1e-3;

    /// A larger slope over the small step is a jump, and says nothing about derivatives.
    private static final double JUMP = 1e4;

    private static final int NEIGHBOURS = 64;

    /// At how many points is looked where some operands tie and others do not.
    private static final int TRIALS = 3;

    /// How far away they are: far against the step of one-sided slopes, near against everything else.
    private static final double DISTANCE = 0x1.0p-10;

    private TieLaw() {}

    static void check(LawCase at) {
        if (Samples.isDifferentiable(at.sample(), at.key())) {
            List<Double> inside =
                    at.sample().operands().stream().map(TieLaw::inside).toList();
            checkAt(at, constants(at, inside), "at " + inside);
            if (at.sample().op() instanceof Unary unary) {
                unary.domain()
                        .kinks()
                        .forEach(kink -> checkAt(at, constants(at, List.of(kink)), "at the kink " + kink));
            }
            for (int trial = 0; trial < TRIALS; trial++) {
                List<Array> tied = new Draw(at.key().fold(trial)).tiedOperands(at.sample());
                checkAt(at, tied, "at " + tied);
            }
        }
    }

    private static double inside(Operand operand) {
        return operand.low() + (operand.high() - operand.low()) * 0.75;
    }

    private static void checkAt(LawCase at, List<Array> operands, String point) {
        Probe probe = Samples.probe(at.sample(), operands);
        List<Array> t = probe.direction(at.key());
        var curve = probe.curve(t);
        double[] left = FiniteDifferences.left(curve);
        double[] right = FiniteDifferences.right(curve);
        double[] tangent = probe.tangent(t);
        double[][] hull = lie(tangent, left, right) ? new double[][] {left, right} : nearby(at, probe, t);
        for (int i = 0; i < tangent.length; i++) {
            String where = point + ", result " + i;
            if (isOutOfReach(left[i], right[i])) {
                continue;
            }
            if (Double.isNaN(tangent[i])) {
                throw new AssertionError(where + ": the derivative is NaN");
            }
            if (!lies(tangent[i], left[i], right[i]) && !lies(tangent[i], hull[0][i], hull[1][i])) {
                throw new AssertionError(where + ": the derivative " + tangent[i] + " does not lie between the slopes "
                        + left[i] + " and " + right[i]);
            }
        }
    }

    /// The smallest and the largest slopes along t at points nearby.
    private static double[][] nearby(LawCase at, Probe probe, List<Array> t) {
        double[] low = FiniteDifferences.right(probe.curve(t));
        double[] high = low.clone();
        for (int k = 0; k < NEIGHBOURS; k++) {
            List<Array> away = probe.direction(at.key().fold(k + 1L));
            var neighbour = new Probe(probe.graph(), Coordinates.moved(probe.point(), away, DISTANCE), probe.moving());
            double[] slope = FiniteDifferences.right(neighbour.curve(t));
            for (int i = 0; i < slope.length; i++) {
                low[i] = Math.min(low[i], slope[i]);
                high[i] = Math.max(high[i], slope[i]);
            }
        }
        return new double[][] {low, high};
    }

    private static List<Array> constants(LawCase at, List<Double> numbers) {
        Sample sample = at.sample();
        List<Array> operands = new ArrayList<>(new Draw(at.key()).operands(sample));
        for (int i = 0; i < operands.size(); i++) {
            Array x = operands.get(i);
            if (x.dtype().isFloating()) {
                Elements equal = Elements.allocate(x.dtype(), x.elements().count());
                for (int k = 0; k < equal.count(); k++) {
                    equal.set(
                            k,
                            numbers.get(i)
                                    + sample.operands().get(i).structure().at(x.shape(), k));
                }
                operands.set(i, Array.of(x.type(), equal));
            }
        }
        return operands;
    }

    private static boolean lie(double[] tangent, double[] left, double[] right) {
        return IntStream.range(0, tangent.length)
                .allMatch(i -> isOutOfReach(left[i], right[i]) || lies(tangent[i], left[i], right[i]));
    }

    private static boolean lies(double tangent, double left, double right) {
        double slack = TOLERANCE * Math.max(1, Math.max(Math.abs(left), Math.abs(right)));
        return tangent > Math.min(left, right) - slack && tangent < Math.max(left, right) + slack;
    }

    /// Where the function jumps or has no value there is no derivative to speak of.
    private static boolean isOutOfReach(double left, double right) {
        return !(Math.max(Math.abs(left), Math.abs(right)) < JUMP);
    }
}
