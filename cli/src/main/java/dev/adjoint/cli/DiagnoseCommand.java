package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.training.CheckReport;
import dev.adjoint.cli.training.Experiment;
import dev.adjoint.cli.training.Setting;
import dev.adjoint.data.Batch;
import dev.adjoint.data.Dataset;
import dev.adjoint.nn.Sequential;
import dev.adjoint.tensor.Key;
import dev.adjoint.train.diagnosis.CheckResult;
import dev.adjoint.train.diagnosis.Diagnosis;
import dev.adjoint.train.diagnosis.InitialLoss;
import dev.adjoint.train.diagnosis.Subject;
import dev.adjoint.train.diagnosis.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `adjoint diagnose`: what is wrong with a training, before it is started.
@Command(
        name = "diagnose",
        description = "Looks for what is wrong with a training before it is started, and says what to try.",
        footer = {
            "",
            "Checks the initial loss, gradients, activations and updates by layer, NaN, gradients against",
            "differences, whether one batch can be learned by heart, other initial weights and activations,",
            "and memory. Each is fine, worth a look, or broken. Exit code 1 if one is broken.",
            "",
            "With --json: {\"model\", \"data\", \"batch\", \"seed\", \"verdict\", \"checks\": [{\"name\", \"verdict\",",
            "\"summary\", \"advice\": [text …], \"figures\": {table: [{column: value …} …] …}} …]}."
        })
final class DiagnoseCommand implements Callable<Integer> {
    private static final long EPOCHS = 20;
    private static final int BATCH = 32;
    private static final long SEED = 1;

    /// So many examples are enough to see whether losses fall.
    private static final int EXAMPLES = 256;

    private final Console console;

    @Option(
            names = "--model",
            paramLabel = "M",
            description = "The network, as for 'adjoint train' (default: lenet for images, else mlp).")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "D",
            description = "The data set or .csv file, as for 'adjoint train' (default: digits).")
    private Optional<String> data = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Examples per step (default: 32).")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "What all random numbers come from (default: 1).")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    DiagnoseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (batch.isPresent() && batch.get() < 1) {
            throw new UsageError("--batch must be at least 1, not " + batch.get());
        }
        model.ifPresent(Named::model);
        Dataset dataset = Named.dataset(data.orElse("digits"));
        Setting setting = new Setting(
                model.orElseGet(() -> TrainCommand.defaultModel(dataset)),
                data.orElse("digits"),
                EPOCHS,
                batch.orElse(BATCH),
                seed.orElse(SEED));
        Experiment experiment = Named.experiment(setting, dataset);
        InitialLoss initial =
                Named.checked(() -> InitialLoss.ofClasses(dataset.classNames().size()));
        Diagnosis diagnosis = json ? quiet(experiment, initial) : aloud(experiment, initial);
        return diagnosis.verdict() == Verdict.BROKEN ? Failures.FAILED : 0;
    }

    /// The training that 'adjoint train' would start.
    private static Subject<Sequential, Batch> subject(Experiment experiment) {
        Setting setting = experiment.setting();
        Key key = Key.of(setting.seed());
        List<Batch> batches = experiment.train().batches(setting.batch(), key);
        int enough = Math.ceilDiv(EXAMPLES, setting.batch());
        return new Subject<>(
                experiment.start().model(),
                experiment.step(),
                batches.subList(0, Math.min(enough, batches.size())),
                key);
    }

    private Diagnosis aloud(Experiment experiment, InitialLoss initial) {
        Setting setting = experiment.setting();
        console.out()
                .println(setting.model() + " for " + setting.data() + ", batches of " + setting.batch() + ", seed "
                        + setting.seed());
        Diagnosis diagnosis = Diagnosis.of(
                subject(experiment),
                Diagnosis.checks(initial),
                result -> console.out().print("\n" + new CheckReport(result).text()));
        console.out().println("\nall in all: " + diagnosis.verdict() + counts(diagnosis));
        return diagnosis;
    }

    private static String counts(Diagnosis diagnosis) {
        if (diagnosis.verdict() == Verdict.FINE) {
            return "";
        }
        List<String> names = diagnosis.results().stream()
                .filter(result -> result.verdict() == diagnosis.verdict())
                .map(CheckResult::check)
                .toList();
        return ": " + String.join(", ", names);
    }

    private Diagnosis quiet(Experiment experiment, InitialLoss initial) {
        Diagnosis diagnosis = Diagnosis.of(subject(experiment), Diagnosis.checks(initial));
        Setting setting = experiment.setting();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", setting.model());
        object.put("data", setting.data());
        object.put("batch", setting.batch());
        object.put("seed", setting.seed());
        object.put("verdict", diagnosis.verdict());
        object.put(
                "checks",
                diagnosis.results().stream()
                        .map(result -> new CheckReport(result).json())
                        .toList());
        Json.print(console.out(), object);
        return diagnosis;
    }
}
