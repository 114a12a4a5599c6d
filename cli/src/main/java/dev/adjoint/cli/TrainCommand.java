package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Decimal;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.training.Configuration;
import dev.adjoint.cli.training.EventLog;
import dev.adjoint.cli.training.Experiment;
import dev.adjoint.cli.training.History;
import dev.adjoint.cli.training.Progress;
import dev.adjoint.cli.training.RunFolder;
import dev.adjoint.cli.training.Setting;
import dev.adjoint.cli.training.TrainingRun;
import dev.adjoint.nn.Layer;
import dev.adjoint.train.Callback;
import dev.adjoint.train.Checkpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `adjoint train`: trains a network and leaves the run in a folder.
@Command(
        name = "train",
        description = "Trains a network: a convolutional one on handwritten digits, unless told otherwise.",
        footer = {
            "",
            "Writes model.safetensors, checkpoint/, metrics.csv, graph.svg, loss.svg, rate.svg, summary.txt",
            "and run.json into the folder. The same seed gives the same weights, bit for bit; so does a run that was killed",
            "and resumed. Losses of text are in nats per character.",
            "",
            "  adjoint train",
            "  adjoint train --model lenet5 --data idx:FOLDER --optimizer adamw --schedule cosine --lr 1e-3",
            "  adjoint train --model gpt,layers=2 --data text:FILE",
            "  adjoint train --config FILE --epochs 5",
            "",
            "With --json: {\"epochs\", \"steps\", \"train_loss\", \"test_loss\", \"test_accuracy\", \"seconds\",",
            "\"steps_per_second\", \"out\"}; with --folds: {\"folds\", \"test_loss\", \"test_accuracy\",",
            "\"test_accuracy_deviation\", \"seconds\", \"each\"}."
        })
final class TrainCommand implements Callable<Integer> {
    private final Console console;
    private final TrainingOptions options;

    @Option(names = "--resume", paramLabel = "DIR", description = "Goes on with the run in this folder.")
    private Optional<Path> resume = Optional.empty();

    @Option(names = "--force", description = "Replaces a run that is in the folder.")
    private boolean force;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    private TrainCommand(Console console, TrainingOptions options) {
        this.console = console;
        this.options = options;
    }

    static CommandLine create(Console console) {
        TrainingOptions options = new TrainingOptions(List.of(Setting.values()));
        CommandLine line = new CommandLine(new TrainCommand(console, options));
        line.getCommandSpec().addMixin("settings", options.spec());
        return line;
    }

    @Override
    public Integer call() {
        Configuration given = options.read();
        checkFlags(given);
        if (given.find(Setting.FOLDS).isPresent()) {
            new FoldsReport(console, given).run(json);
            return 0;
        }
        var saved = resume.map(folder -> new RunFolder(folder).checkpoint());
        Configuration configuration = Named.checked(
                () -> saved.map(s -> given.resuming(s.configuration())).orElse(given));
        Experiment experiment = Named.experiment(configuration);
        LeftOut.report(console, experiment.leftOut());
        RunFolder folder = folder(configuration, experiment);
        checkFolder(folder);
        TrainingRun run = new TrainingRun(experiment, folder, Named.kernels(given), every(given));
        report(run(run, saved.map(RunFolder.Checkpoint::history)), run);
        return 0;
    }

    private RunFolder folder(Configuration configuration, Experiment experiment) {
        String model = experiment.configuration().text(Setting.MODEL).replaceFirst(",.*", "");
        Path path = resume.or(() -> configuration.find(Setting.OUT).map(Path::of))
                .orElseGet(() -> Path.of("runs", model + "-" + experiment.dataName()));
        return configuration
                .find(Setting.KEEP)
                .map(keep -> new RunFolder(path, Integer.parseInt(keep)))
                .orElseGet(() -> new RunFolder(path));
    }

    private static Checkpoints.Every every(Configuration given) {
        long steps = given.find(Setting.CHECKPOINT_STEPS).map(Long::valueOf).orElse(Long.MAX_VALUE);
        Duration time = given.find(Setting.CHECKPOINT_MINUTES)
                .map(minutes -> Duration.ofMillis((long) Math.ceil(60_000 * Double.parseDouble(minutes))))
                .orElse(Checkpoints.Every.epoch().time());
        return new Checkpoints.Every(steps, time);
    }

    private TrainingRun.Result run(TrainingRun run, Optional<History> history) {
        Callback<Layer> progress = new Progress(console);
        if (!run.experiment().configuration().text(Setting.TENSORBOARD).equals("true")) {
            return run(run, history, List.of(progress));
        }
        try (EventLog log = new EventLog(run.folder())) {
            return run(run, history, List.of(progress, log));
        }
    }

    private static TrainingRun.Result run(TrainingRun run, Optional<History> history, List<Callback<Layer>> callbacks) {
        return history.map(past -> run.resume(past, callbacks)).orElseGet(() -> run.start(callbacks));
    }

    private void checkFlags(Configuration given) {
        if (resume.isPresent() && force) {
            throw new UsageError("--resume goes on with a run and --force replaces it; give one of them");
        }
        Optional<Path> out = given.find(Setting.OUT).map(Path::of);
        if (resume.isPresent() && out.isPresent() && !out.equals(resume)) {
            throw new UsageError("--resume goes on in its own folder; leave --out out");
        }
        if (resume.isPresent() && given.find(Setting.FOLDS).isPresent()) {
            throw new UsageError("--folds leaves no run to go on with; leave --resume out");
        }
        Named.kernels(given);
    }

    private void checkFolder(RunFolder folder) {
        Path path = folder.folder();
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new UsageError(path + " is a file, not a folder; choose another with --out");
        }
        if (folder.holdsRun() && !force && resume.isEmpty()) {
            throw new UsageError(path + " holds a run; go on with it by --resume " + path
                    + ", replace it by --force, or" + " choose another folder with --out");
        }
    }

    private void report(TrainingRun.Result result, TrainingRun run) {
        History.Epoch last = result.last();
        Path folder = run.folder().folder();
        if (json) {
            Json.print(console.out(), json(result, folder));
            return;
        }
        String found = run.experiment().isText()
                ? String.format(
                        Locale.ROOT,
                        "test loss %.4f nats per character, %.2f %% of them foretold",
                        last.testLoss(),
                        100 * last.testAccuracy())
                : String.format(Locale.ROOT, "test accuracy %.2f %%", 100 * last.testAccuracy());
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s after %d epochs: %d steps, %.1f s, %s steps/s%n",
                        found,
                        last.epoch(),
                        last.steps(),
                        result.seconds(),
                        Decimal.of(Math.round(10 * result.stepsPerSecond()) / 10.0));
        console.out().println("the run is in " + folder);
    }

    private static Map<String, Object> json(TrainingRun.Result result, Path folder) {
        History.Epoch last = result.last();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epochs", last.epoch());
        json.put("steps", last.steps());
        json.put("train_loss", last.trainLoss());
        json.put("test_loss", last.testLoss());
        json.put("test_accuracy", last.testAccuracy());
        json.put("seconds", result.seconds());
        json.put("steps_per_second", result.stepsPerSecond());
        json.put("out", folder);
        return json;
    }
}
