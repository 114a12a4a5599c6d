package dev.adjoint.train.metric;

import java.util.Map;

/// What is known of some examples: tallies of different examples can be added, and say figures.
///
/// @param <T> the tally itself
public interface Tally<T extends Tally<T>> {
    /// What is known of the examples of both.
    T plus(T other);

    /// The figures by name; NaN where there are no examples to say one.
    Map<String, Double> figures();
}
