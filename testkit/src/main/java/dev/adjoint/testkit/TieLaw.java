package dev.adjoint.testkit;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Sample.Operand;
import dev.adjoint.op.Unary;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Elements;
import java.util.ArrayList;
import java.util.List;

/// Where a function is not smooth, its derivative is one of the slopes between those on the two sides.
final class TieLaw {
    private static final double TOLERANCE = 1e-3;

    /// A larger slope over the small step is a jump, and says nothing about derivatives.
    private static final double JUMP = 1e4;

    private TieLaw() {}

    static void check(LawCase at) {
        if (Samples.isDifferentiable(at.sample(), at.key())) {
            checkAt(at, at.sample().operands().stream().map(TieLaw::inside).toList());
            if (at.sample().op() instanceof Unary unary) {
                unary.domain().kinks().forEach(kink -> checkAt(at, List.of(kink)));
            }
        }
    }

    private static double inside(Operand operand) {
        return operand.low() + (operand.high() - operand.low()) * 0.75;
    }

    private static void checkAt(LawCase at, List<Double> numbers) {
        Probe probe = Samples.probe(at.sample(), constants(at, numbers));
        List<Array> t = probe.direction(at.key());
        var curve = probe.curve(t);
        double[] left = FiniteDifferences.left(curve);
        double[] right = FiniteDifferences.right(curve);
        double[] tangent = probe.tangent(t);
        for (int i = 0; i < tangent.length; i++) {
            lies(tangent[i], left[i], right[i], "at " + numbers + ", result " + i);
        }
    }

    private static List<Array> constants(LawCase at, List<Double> numbers) {
        Sample sample = at.sample();
        List<Array> operands = new ArrayList<>(new Draw(at.key()).operands(sample));
        for (int i = 0; i < operands.size(); i++) {
            Array x = operands.get(i);
            if (x.dtype().isFloating()) {
                Elements equal = Elements.allocate(x.dtype(), x.elements().count());
                for (int k = 0; k < equal.count(); k++) {
                    equal.set(k, numbers.get(i));
                }
                operands.set(i, Array.of(x.type(), equal));
            }
        }
        return operands;
    }

    private static void lies(double tangent, double left, double right, String where) {
        double size = Math.max(Math.abs(left), Math.abs(right));
        if (Double.isNaN(tangent)) {
            throw new AssertionError(where + ": the derivative is NaN");
        }
        double slack = TOLERANCE * Math.max(1, size);
        boolean between = tangent > Math.min(left, right) - slack && tangent < Math.max(left, right) + slack;
        if (size < JUMP && !between) {
            throw new AssertionError(where + ": the derivative " + tangent + " does not lie between the slopes " + left
                    + " and " + right);
        }
    }
}
