package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.training.CheckReport;
import dev.adjoint.cli.training.Configuration;
import dev.adjoint.cli.training.Experiment;
import dev.adjoint.cli.training.Setting;
import dev.adjoint.train.diagnosis.CheckResult;
import dev.adjoint.train.diagnosis.Diagnosis;
import dev.adjoint.train.diagnosis.InitialLoss;
import dev.adjoint.train.diagnosis.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
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
    /// So many examples are enough to see whether losses fall.
    private static final int EXAMPLES = 256;

    private final Console console;
    private final TrainingOptions options;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    private DiagnoseCommand(Console console, TrainingOptions options) {
        this.console = console;
        this.options = options;
    }

    static CommandLine create(Console console) {
        TrainingOptions options = new TrainingOptions(Stream.of(Setting.values())
                .filter(setting -> setting.role() != Setting.Role.MANNER)
                .toList());
        CommandLine line = new CommandLine(new DiagnoseCommand(console, options));
        line.getCommandSpec().addMixin("settings", options.spec());
        return line;
    }

    @Override
    public Integer call() {
        Experiment experiment = Named.experiment(options.read());
        LeftOut.report(console, experiment.leftOut());
        InitialLoss initial = Named.checked(() -> InitialLoss.ofClasses(experiment.classes()));
        Diagnosis diagnosis = json ? quiet(experiment, initial) : aloud(experiment, initial);
        return diagnosis.verdict() == Verdict.BROKEN ? Failures.FAILED : 0;
    }

    private Diagnosis aloud(Experiment experiment, InitialLoss initial) {
        Configuration setting = experiment.configuration();
        console.out()
                .println(setting.text(Setting.MODEL) + " for " + setting.text(Setting.DATA) + ", batches of "
                        + setting.text(Setting.BATCH) + ", seed " + setting.text(Setting.SEED));
        Diagnosis diagnosis = Diagnosis.of(
                experiment.subject(EXAMPLES),
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
        Diagnosis diagnosis = Diagnosis.of(experiment.subject(EXAMPLES), Diagnosis.checks(initial));
        Configuration setting = experiment.configuration();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", setting.text(Setting.MODEL));
        object.put("data", setting.text(Setting.DATA));
        object.put("batch", setting.whole(Setting.BATCH));
        object.put("seed", setting.whole(Setting.SEED));
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
