package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import dev.adjoint.cli.training.Configuration;
import dev.adjoint.cli.training.Experiment;
import dev.adjoint.cli.training.Setting;
import dev.adjoint.run.Kernels;
import dev.adjoint.train.CrossValidation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Cross-validation: the network is trained once for every fold and tested on it. No file is written.
///
/// @param console where the figures go
/// @param given the configuration
record FoldsReport(Console console, Configuration given) {
    void run(boolean json) {
        int count = (int) given.whole(Setting.FOLDS);
        List<Experiment> experiments = Named.checked(() -> Experiment.folds(given, count));
        LeftOut.report(console, experiments.getFirst().leftOut());
        Kernels kernels = Named.kernels(given);
        long start = System.nanoTime();
        CrossValidation scores = CrossValidation.run(experiments, experiment -> scores(experiment, kernels));
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (json) {
            Json.print(console.out(), json(scores, seconds));
        } else {
            print(scores, seconds);
        }
    }

    private Map<String, Double> scores(Experiment experiment, Kernels kernels) {
        Map<String, Double> figures = experiment.outcome(kernels);
        console.err()
                .printf(
                        Locale.ROOT,
                        "fold: test loss %.4f  test accuracy %.2f %%%n",
                        figures.get("loss"),
                        100 * figures.getOrDefault("accuracy", Double.NaN));
        return figures;
    }

    private void print(CrossValidation scores, double seconds) {
        Table table = Table.of(">fold", ">test loss", ">test accuracy");
        for (int i = 0; i < scores.folds().size(); i++) {
            Map<String, Double> fold = scores.folds().get(i);
            table.row(
                    i + 1,
                    String.format(Locale.ROOT, "%.4f", fold.get("loss")),
                    String.format(Locale.ROOT, "%.2f %%", 100 * fold.getOrDefault("accuracy", Double.NaN)));
        }
        console.out().println(table);
        console.out()
                .printf(
                        Locale.ROOT,
                        "test accuracy %.2f ± %.2f %% over %d folds, %.1f s%n",
                        100 * scores.mean("accuracy"),
                        100 * scores.deviation("accuracy"),
                        scores.folds().size(),
                        seconds);
    }

    private static Map<String, Object> json(CrossValidation scores, double seconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("folds", scores.folds().size());
        json.put("test_loss", scores.mean("loss"));
        json.put("test_accuracy", scores.mean("accuracy"));
        json.put("test_accuracy_deviation", scores.deviation("accuracy"));
        json.put("seconds", seconds);
        json.put(
                "each",
                scores.folds().stream()
                        .map(fold -> Map.of("test_accuracy", fold.getOrDefault("accuracy", Double.NaN)))
                        .toList());
        return json;
    }
}
