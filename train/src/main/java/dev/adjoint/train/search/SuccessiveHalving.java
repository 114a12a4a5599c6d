package dev.adjoint.train.search;

import dev.adjoint.tensor.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Successive halving: all settings with a small budget, the best 1/η of them with η times the budget, and so on until one
/// is left.
///
/// Source: Jamieson, Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS 2016.
///
/// @param budget the budget of the first round, at least 1
/// @param factor η, at least 2
public record SuccessiveHalving(long budget, int factor) {
    public SuccessiveHalving {
        if (budget < 1 || factor < 2) {
            throw new InvalidArgument("successive halving begins with a budget of at least 1 and keeps at most a half,"
                    + " not " + budget + " and 1/" + factor);
        }
    }

    /// All trials of all rounds; those of the last round, with the largest budget, stand first.
    ///
    /// @throws InvalidArgument if there are no settings
    public Trials run(List<Map<String, String>> settings, Search.Experiment experiment) {
        if (settings.isEmpty()) {
            throw new InvalidArgument("successive halving needs at least one setting");
        }
        List<Trials.Trial> all = new ArrayList<>();
        List<Map<String, String>> left = settings;
        long spent = budget;
        while (true) {
            Trials round = Search.run(left, spent, experiment);
            all.addAll(round.list());
            if (left.size() == 1) {
                return new Trials(all);
            }
            int kept = Math.max(1, left.size() / factor);
            left = round.list().stream().limit(kept).map(Trials.Trial::settings).toList();
            spent *= factor;
        }
    }
}
