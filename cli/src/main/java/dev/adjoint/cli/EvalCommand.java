package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import dev.adjoint.cli.training.Evaluated;
import dev.adjoint.cli.training.RunFolder;
import dev.adjoint.cli.training.Trained;
import dev.adjoint.cli.training.TrainedText;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.train.metric.ConfusionMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adjoint eval`: the figures of a trained network on a data set.
@Command(
        name = "eval",
        description = "Measures a trained network on a data set.",
        footer = {
            "",
            "With --json: {\"examples\", \"loss\", \"accuracy\", \"top_k\", \"top_k_accuracy\"}; for two classes also",
            "\"roc_auc\", for text also \"perplexity\", and for labelled examples",
            "also {\"precision\", \"recall\", \"f1\", \"classes\": [{\"class\", \"examples\", \"precision\", \"recall\",",
            "\"f1\"} …], \"confusion\"}; precision, recall and f1 are means over the classes, and row i, column j of confusion",
            "counts the examples of class i that were taken for class j. Of text every character is an example."
        })
final class EvalCommand implements Callable<Integer> {
    /// A wider matrix fits no screen.
    private static final int SHOWN = 20;

    private final Console console;

    @Parameters(paramLabel = "DIR", description = "The folder that 'adjoint train' wrote.")
    private Path folder = Path.of("");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "D",
            description = "A name from 'adjoint data list', csv:FILE, idx:FOLDER, images:FOLDER or text:FILE.")
    private String data = "";

    @Option(
            names = "--held-out",
            description =
                    "Only what a training on this data set holds out: its own test part, or the one that is split off.")
    private boolean heldOut;

    @Option(names = "--skip-corrupt", description = "Leaves out images that cannot be read, and says which.")
    private boolean skipCorrupt;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    EvalCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DataSource named = Named.source(data);
        DataSource source = skipCorrupt ? LeftOut.report(console, named) : named;
        Trained model = new RunFolder(folder).model();
        Evaluated found =
                Named.checked(() -> Evaluated.of(model, heldOut ? model.heldOut(source) : model.batches(source)));
        boolean classified = !(model instanceof TrainedText);
        if (json) {
            Json.print(console.out(), json(found, classified));
        } else {
            print(found, classified);
        }
        return 0;
    }

    private void print(Evaluated found, boolean classified) {
        ConfusionMatrix matrix = found.matrix();
        console.out()
                .printf(
                        Locale.ROOT,
                        "accuracy %s, top-%d accuracy %s, loss %.4f nats of %d %s%n",
                        share(matrix.accuracy()),
                        found.top().k(),
                        share(found.top().value()),
                        found.loss(),
                        matrix.examples(),
                        classified ? "examples" : "characters");
        found.area().ifPresent(area -> console.out().printf(Locale.ROOT, "ROC AUC %.4f%n", area.value()));
        if (!classified) {
            console.out().printf(Locale.ROOT, "perplexity %.3f%n", Math.exp(found.loss()));
            return;
        }
        Table table = Table.of("class", ">examples", ">precision", ">recall", ">F1");
        for (int c = 0; c < matrix.classes(); c++) {
            table.row(
                    found.classes().get(c),
                    examples(matrix, c),
                    share(matrix.precision(c)),
                    share(matrix.recall(c)),
                    share(matrix.f1(c)));
        }
        table.row(
                "mean",
                matrix.examples(),
                share(matrix.precision(ConfusionMatrix.Average.MACRO)),
                share(matrix.recall(ConfusionMatrix.Average.MACRO)),
                share(matrix.f1(ConfusionMatrix.Average.MACRO)));
        console.out().println("\n" + table);
        if (matrix.classes() <= SHOWN) {
            console.out().println("\n" + confusion(found));
        }
    }

    private static Table confusion(Evaluated found) {
        List<String> headings = new ArrayList<>(List.of("class \\ found"));
        found.classes().forEach(name -> headings.add(">" + name));
        Table table = Table.of(headings.toArray(String[]::new));
        for (int c = 0; c < found.matrix().classes(); c++) {
            List<Object> cells = new ArrayList<>(List.of(found.classes().get(c)));
            cells.addAll(found.matrix().rows().get(c));
            table.row(cells.toArray());
        }
        return table;
    }

    private static long examples(ConfusionMatrix matrix, int c) {
        return matrix.rows().get(c).stream().mapToLong(n -> n).sum();
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static Map<String, Object> json(Evaluated found, boolean classified) {
        ConfusionMatrix matrix = found.matrix();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("examples", matrix.examples());
        json.put("loss", found.loss());
        json.put("accuracy", matrix.accuracy());
        json.put("top_k", found.top().k());
        json.put("top_k_accuracy", found.top().value());
        found.area().ifPresent(area -> json.put("roc_auc", area.value()));
        if (!classified) {
            json.put("perplexity", Math.exp(found.loss()));
        } else {
            json.put("precision", matrix.precision(ConfusionMatrix.Average.MACRO));
            json.put("recall", matrix.recall(ConfusionMatrix.Average.MACRO));
            json.put("f1", matrix.f1(ConfusionMatrix.Average.MACRO));
            json.put(
                    "classes",
                    IntStream.range(0, matrix.classes())
                            .mapToObj(c -> json(found, c))
                            .toList());
            json.put("confusion", matrix.rows());
        }
        return json;
    }

    private static Map<String, Object> json(Evaluated found, int c) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class", found.classes().get(c));
        json.put("examples", examples(found.matrix(), c));
        json.put("precision", found.matrix().precision(c));
        json.put("recall", found.matrix().recall(c));
        json.put("f1", found.matrix().f1(c));
        return json;
    }
}
