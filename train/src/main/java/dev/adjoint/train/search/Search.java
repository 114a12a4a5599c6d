package dev.adjoint.train.search;

import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.OneLine;
import java.util.List;
import java.util.Map;

/// Tries settings one after the other. A try that fails, for instance because the loss was no longer a number, is a row of
/// the table like any other.
public final class Search {
    private Search() {}

    /// An experiment: a figure for some settings, smaller is better.
    @FunctionalInterface
    public interface Experiment {
        /// The figure.
        ///
        /// @param settings what is tried
        /// @param budget how much may be spent, usually epochs
        double cost(Map<String, String> settings, long budget);
    }

    /// Every setting with the same budget.
    public static Trials run(List<Map<String, String>> settings, long budget, Experiment experiment) {
        return new Trials(
                settings.stream().map(one -> trial(one, budget, experiment)).toList());
    }

    static Trials.Trial trial(Map<String, String> settings, long budget, Experiment experiment) {
        try {
            return new Trials.Trial(settings, budget, experiment.cost(settings, budget), "");
        } catch (AdjointException e) {
            return new Trials.Trial(settings, budget, Double.NaN, OneLine.of(e));
        }
    }
}
