package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.training.ModelReport;
import dev.adjoint.cli.training.RunFolder;
import dev.adjoint.cli.training.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adjoint summary`: what a network is made of and what it costs.
@Command(
        name = "summary",
        description = "Lists the layers of a network, their outputs and parameters, and the memory it takes.",
        footer = {
            "",
            "With --json: {\"model\", \"data\", \"batch\", \"input\", \"layers\": [{\"name\", \"kind\", \"output\",",
            "\"parameters\"} …], \"parameters\", \"kept_bytes\", \"train_bytes\", \"predict_bytes\"}."
        })
final class SummaryCommand implements Callable<Integer> {
    private static final int BATCH = 32;

    private final Console console;

    @Parameters(
            paramLabel = "MODEL",
            description = "A network, such as lenet, mlp or resnet18, or the folder of a run.")
    private String model = "";

    @Option(names = "--data", paramLabel = "D", description = "The data set it is for (default: digits).")
    private Optional<String> data = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Examples per step (default: 32).")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    SummaryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (batch.isPresent() && batch.get() < 1) {
            throw new UsageError("--batch must be at least 1, not " + batch.get());
        }
        Setting setting = setting();
        ModelReport report = ModelReport.of(Named.experiment(setting, Named.dataset(setting.data())));
        if (json) {
            Json.print(console.out(), report.json());
        } else {
            console.out().print(report.text());
        }
        return 0;
    }

    private Setting setting() {
        boolean isFolder = Files.isDirectory(Path.of(model));
        Setting found = isFolder
                ? new RunFolder(Path.of(model)).checkpoint().setting()
                : new Setting(Named.model(model).label(), "digits", 1, BATCH, 1);
        return new Setting(
                found.model(), data.orElse(found.data()), found.epochs(), batch.orElse(found.batch()), found.seed());
    }
}
