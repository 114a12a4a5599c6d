package dev.adjoint.cli.training;

import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.train.optimizer.Optimizers;
import dev.adjoint.train.optimizer.Schedule;
import dev.adjoint.train.optimizer.Schedules;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the loss is made small.
///
/// @param schedule the rates
/// @param optimizer the optimiser with all that stands around it
record Descent(Schedule schedule, Optimizer optimizer) {
    /// @param configuration complete
    /// @param batches how many batches there are to be
    /// @throws dev.adjoint.tensor.InvalidArgument if a name is unknown or a setting does not fit
    static Descent of(Configuration configuration, long batches) {
        long steps = Math.max(1, batches / configuration.whole(Setting.ACCUMULATE));
        Schedule schedule = configuration.checked(Setting.SCHEDULE, () -> {
            Selection selection = Selection.parse(configuration.text(Setting.SCHEDULE));
            return Schedules.named(selection.name())
                    .build(configuration.number(Setting.LR), steps, selection.settings());
        });
        return new Descent(schedule, optimizer(configuration, schedule));
    }

    /// The optimiser of a configuration at other rates.
    static Optimizer optimizer(Configuration configuration, Schedule schedule) {
        return configuration.checked(Setting.OPTIMIZER, () -> {
            Selection selection = Selection.parse(configuration.text(Setting.OPTIMIZER));
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("weight-decay", configuration.text(Setting.WEIGHT_DECAY));
            settings.put("clip-norm", configuration.text(Setting.CLIP_NORM));
            settings.put("accumulate", configuration.text(Setting.ACCUMULATE));
            settings.put("average", configuration.text(Setting.EMA));
            settings.putAll(selection.settings());
            return Optimizers.named(selection.name()).build(schedule, settings);
        });
    }
}
