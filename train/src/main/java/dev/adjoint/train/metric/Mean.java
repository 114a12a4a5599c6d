package dev.adjoint.train.metric;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import java.util.Map;

/// The mean of a number of every example: (1/N)·Σₙ xₙ, summed in f64.
///
/// @param name what it is reported as
/// @param sum Σₙ xₙ
/// @param examples N
public record Mean(String name, double sum, long examples) implements Tally<Mean> {
    /// The numbers of a batch, of any shape.
    public static Mean of(String name, Tensor numbers) {
        double sum = 0;
        for (double number : Array.of(numbers).toDoubles()) {
            sum += number;
        }
        return new Mean(name, sum, numbers.shape().count());
    }

    @Override
    public Mean plus(Mean other) {
        return new Mean(name, sum + other.sum, examples + other.examples);
    }

    /// (1/N)·Σₙ xₙ; NaN if there are no examples.
    public double value() {
        return sum / examples;
    }

    @Override
    public Map<String, Double> figures() {
        return Map.of(name, value());
    }
}
