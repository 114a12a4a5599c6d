package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Decimal;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.training.EventLog;
import dev.adjoint.cli.training.Experiment;
import dev.adjoint.cli.training.History;
import dev.adjoint.cli.training.Progress;
import dev.adjoint.cli.training.RunFolder;
import dev.adjoint.cli.training.Setting;
import dev.adjoint.cli.training.TrainingRun;
import dev.adjoint.data.Dataset;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.train.Callback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "and resumed.",
            "",
            "With --json: {\"epochs\", \"steps\", \"train_loss\", \"test_loss\", \"test_accuracy\", \"seconds\",",
            "\"steps_per_second\", \"out\"}."
        })
final class TrainCommand implements Callable<Integer> {
    private static final long EPOCHS = 20;
    private static final int BATCH = 32;
    private static final long SEED = 1;

    private final Console console;

    @Option(
            names = "--model",
            paramLabel = "M",
            description = "A network, such as lenet, mlp or resnet18 (default: lenet for images, else mlp).")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "D",
            description = "A name from 'adjoint data list', csv:FILE, idx:FOLDER or images:FOLDER (default: digits).")
    private Optional<String> data = Optional.empty();

    @Option(names = "--epochs", paramLabel = "N", description = "How often every example is seen (default: 20).")
    private Optional<Long> epochs = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Examples per step (default: 32).")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "What all random numbers come from (default: 1).")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", description = "The folder (default: runs/MODEL-DATA).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--checkpoint-steps",
            paramLabel = "N",
            description = "Steps between checkpoints, beside the one after every epoch.")
    private Optional<Long> checkpointSteps = Optional.empty();

    @Option(names = "--resume", paramLabel = "DIR", description = "Goes on with the run in this folder.")
    private Optional<Path> resume = Optional.empty();

    @Option(
            names = "--tensorboard",
            description = "Also writes events/ for TensorBoard: the loss of every step, the figures of every epoch.")
    private boolean tensorboard;

    @Option(names = "--force", description = "Replaces a run that is in the folder.")
    private boolean force;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkNumbers();
        Kernels kernels = kernels();
        RunFolder.Checkpoint saved = resume.map(dir -> new RunFolder(dir).checkpoint())
                .orElseGet(() -> new RunFolder.Checkpoint(fresh(), History.empty()));
        Setting setting = resume.isPresent() ? agreed(saved.setting()) : saved.setting();
        Dataset dataset = Named.dataset(setting.data());
        Setting complete = setting.model().isEmpty() ? setting.withModel(defaultModel(dataset)) : setting;
        Experiment experiment = Named.experiment(complete, dataset);
        RunFolder folder = new RunFolder(
                resume.or(() -> out).orElseGet(() -> Path.of("runs", complete.model() + "-" + dataset.name())));
        checkFolder(folder);
        TrainingRun run = new TrainingRun(experiment, folder, kernels, checkpointSteps.orElse(Long.MAX_VALUE));
        report(run(run, saved.history()), folder);
        return 0;
    }

    private TrainingRun.Result run(TrainingRun run, History history) {
        Callback<Sequential> progress = new Progress(console);
        if (!tensorboard) {
            return run(run, history, List.of(progress));
        }
        try (EventLog log = new EventLog(run.folder())) {
            return run(run, history, List.of(progress, log));
        }
    }

    private TrainingRun.Result run(TrainingRun run, History history, List<Callback<Sequential>> callbacks) {
        return resume.isPresent() ? run.resume(history, callbacks) : run.start(callbacks);
    }

    static String defaultModel(Dataset dataset) {
        return dataset.exampleShape().rank() == 3 ? "lenet" : "mlp";
    }

    private void checkNumbers() {
        epochs.ifPresent(n -> atLeastOne("--epochs", n));
        batch.ifPresent(n -> atLeastOne("--batch", n));
        checkpointSteps.ifPresent(n -> atLeastOne("--checkpoint-steps", n));
        model.ifPresent(Named::model);
        if (resume.isPresent() && force) {
            throw new UsageError("--resume goes on with a run and --force replaces it; give one of them");
        }
        if (resume.isPresent() && out.isPresent() && !out.equals(resume)) {
            throw new UsageError("--resume goes on in its own folder; leave --out out");
        }
    }

    private static void atLeastOne(String option, long value) {
        if (value < 1) {
            throw new UsageError(option + " must be at least 1, not " + value);
        }
    }

    private Kernels kernels() {
        try {
            return threads.map(n -> Kernels.installed(Workers.of(n))).orElseGet(Kernels::installed);
        } catch (InvalidArgument e) {
            throw new UsageError("--threads: " + Failures.message(e));
        }
    }

    private Setting fresh() {
        return new Setting(
                model.orElse(""), data.orElse("digits"), epochs.orElse(EPOCHS), batch.orElse(BATCH), seed.orElse(SEED));
    }

    /// The saved setting; of what makes the run, only the number of epochs may change.
    private Setting agreed(Setting saved) {
        same("--model", model, saved.model());
        same("--data", data, saved.data());
        same("--batch", batch, saved.batch());
        same("--seed", seed, saved.seed());
        return saved.withEpochs(epochs.orElse(saved.epochs()));
    }

    private static <T> void same(String option, Optional<T> given, T saved) {
        if (given.isPresent() && !given.get().equals(saved)) {
            throw new UsageError("the run was started with " + option + " " + saved + "; leave " + option
                    + " out, or start" + " another run");
        }
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

    private void report(TrainingRun.Result result, RunFolder folder) {
        History.Epoch last = result.last();
        if (json) {
            Json.print(console.out(), json(result, folder));
            return;
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "test accuracy %.2f %% after %d epochs: %d steps, %.1f s, %s steps/s%n",
                        100 * last.testAccuracy(),
                        last.epoch(),
                        last.steps(),
                        result.seconds(),
                        Decimal.of(Math.round(10 * result.stepsPerSecond()) / 10.0));
        console.out().println("the run is in " + folder.folder());
    }

    private static Map<String, Object> json(TrainingRun.Result result, RunFolder folder) {
        History.Epoch last = result.last();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epochs", last.epoch());
        json.put("steps", last.steps());
        json.put("train_loss", last.trainLoss());
        json.put("test_loss", last.testLoss());
        json.put("test_accuracy", last.testAccuracy());
        json.put("seconds", result.seconds());
        json.put("steps_per_second", result.stepsPerSecond());
        json.put("out", folder.folder());
        return json;
    }
}
