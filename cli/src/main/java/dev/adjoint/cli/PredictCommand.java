package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import dev.adjoint.cli.training.Predictions;
import dev.adjoint.cli.training.RunFolder;
import dev.adjoint.cli.training.TrainedModel;
import dev.adjoint.data.catalog.DataSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adjoint predict`: the classes that a trained network finds for the examples of a data set.
@Command(
        name = "predict",
        description = "Predicts the class of every example with a trained network.",
        footer = {
            "",
            "With --json: {\"examples\", \"accuracy\", \"predictions\": [{\"example\", \"class\", \"probability\",",
            "\"label\"} …]}; examples are counted from 0. Where the data has no labels (a table without that column, images",
            "without sub-folders), accuracy and label are null."
        })
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DIR", description = "The folder that 'adjoint train' wrote.")
    private Path folder = Path.of("");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "D",
            description = "A name from 'adjoint data list', csv:FILE, idx:FOLDER or images:FOLDER.")
    private String data = "";

    @Option(names = "--skip-corrupt", description = "Leaves out images that cannot be read, and says which.")
    private boolean skipCorrupt;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DataSource named = Named.source(data);
        DataSource source = skipCorrupt ? LeftOut.report(console, named) : named;
        if (!(new RunFolder(folder).model() instanceof TrainedModel model)) {
            throw new UsageError(folder + " holds a model of text; 'adjoint generate " + folder + "' writes with it");
        }
        Predictions predictions = Named.checked(() -> Predictions.of(model, source));
        if (json) {
            Json.print(console.out(), json(predictions));
        } else {
            print(predictions);
        }
        return 0;
    }

    private void print(Predictions predictions) {
        boolean labelled = predictions.accuracy().isPresent();
        Table table = labelled
                ? Table.of(">example", "class", ">probability", "label", "")
                : Table.of(">example", "class", ">probability");
        for (Predictions.Prediction p : predictions.list()) {
            String probability = String.format(Locale.ROOT, "%.4f", p.probability());
            p.label()
                    .ifPresentOrElse(
                            label -> table.row(p.example(), p.found(), probability, label, p.isRight() ? "" : "wrong"),
                            () -> table.row(p.example(), p.found(), probability));
        }
        console.out().println(table);
        int size = predictions.list().size();
        console.err()
                .println(predictions
                        .accuracy()
                        .map(share -> String.format(Locale.ROOT, "accuracy %.2f %% of %d examples", 100 * share, size))
                        .orElse(size + " examples without labels"));
    }

    private static Map<String, Object> json(Predictions predictions) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("examples", predictions.list().size());
        json.put("accuracy", predictions.accuracy());
        json.put(
                "predictions",
                predictions.list().stream().map(PredictCommand::json).toList());
        return json;
    }

    private static Map<String, Object> json(Predictions.Prediction prediction) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("example", prediction.example());
        json.put("class", prediction.found());
        json.put("probability", prediction.probability());
        json.put("label", prediction.label());
        return json;
    }
}
