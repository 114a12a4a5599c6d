package dev.adjoint.train.diagnosis;

import dev.adjoint.op.Op;
import dev.adjoint.op.elementwise.Relu;
import dev.adjoint.op.elementwise.Sigmoid;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Elements;
import java.util.BitSet;

/// The results y of an activation function on a batch. A number is idle where the slope is at most 1/20 of the steepest: a
/// ramp that is off, a sigmoid or tanh that is saturated.
///
/// @param name the function and the layer before it
/// @param function what it is
/// @param mean the mean of y
/// @param deviation the standard deviation of y
/// @param idle the share of idle numbers
/// @param idleUnits how many units are idle for every example
/// @param units how many units there are: channels behind a convolution, else elements of the last axis
/// @param results how many results every unit has
public record ActivationSignal(
        String name,
        Function function,
        double mean,
        double deviation,
        double idle,
        long idleUnits,
        long units,
        long results) {
    private static final double FLAT = 0.05;
    private static final long MANY_RESULTS = 60;

    /// The functions that can be idle.
    public enum Function {
        RELU,
        SIGMOID,
        TANH;

        private static Function of(Op op) {
            return op instanceof Relu ? RELU : op instanceof Sigmoid ? SIGMOID : TANH;
        }

        /// The slope at a result, relative to the steepest slope.
        private double slope(double y) {
            return switch (this) {
                case RELU -> y > 0 ? 1 : 0;
                case SIGMOID -> 4 * y * (1 - y);
                case TANH -> 1 - y * y;
            };
        }
    }

    static ActivationSignal of(LayerGraph.Activation activation, Array y) {
        Function function = Function.of(activation.value().op());
        int axis = activation.unitAxis();
        int units = axis < 0 ? 1 : Math.toIntExact(y.dim(axis));
        int inner = Math.toIntExact(
                axis < 0 ? 1 : y.shape().part(axis + 1, y.rank()).count());
        Elements elements = y.elements();
        BitSet alive = new BitSet(units);
        double sum = 0;
        double squares = 0;
        long idle = 0;
        for (int i = 0; i < elements.count(); i++) {
            double number = elements.get(i);
            sum += number;
            squares += number * number;
            if (function.slope(number) <= FLAT) {
                idle++;
            } else {
                alive.set(i / inner % units);
            }
        }
        double count = Math.max(1, elements.count());
        double mean = sum / count;
        double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
        return new ActivationSignal(
                activation.name(),
                function,
                mean,
                deviation,
                idle / count,
                units - alive.cardinality(),
                units,
                elements.count() / Math.max(1, units));
    }

    /// The share p of units that are idle for every example, without those that are so by chance: (p − 2⁻ⁿ)/(1 − 2⁻ⁿ) for n
    /// results of every unit, since of few results all may well be off.
    public double idleUnitShare() {
        double chance = Math.scalb(1.0, (int) -Math.min(results, MANY_RESULTS));
        double share = units == 0 ? 0 : (double) idleUnits / units;
        return Math.max(0, (share - chance) / (1 - chance));
    }
}
