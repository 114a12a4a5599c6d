package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.training.Configuration;
import dev.adjoint.cli.training.ModelReport;
import dev.adjoint.cli.training.RunFolder;
import dev.adjoint.cli.training.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
    private final Console console;

    @Parameters(paramLabel = "MODEL", description = "A name from 'adjoint models', or the folder of a run.")
    private String model = "";

    @Option(names = "--data", paramLabel = "D", description = "The data set it is for (default: digits).")
    private Optional<String> data = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Examples per step (default: 32).")
    private Optional<String> batch = Optional.empty();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    SummaryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ModelReport report = ModelReport.of(Named.experiment(Named.checked(this::configuration)));
        if (json) {
            Json.print(console.out(), report.json());
        } else {
            console.out().print(report.text());
        }
        return 0;
    }

    private Configuration configuration() {
        Configuration found = Files.isDirectory(Path.of(model))
                ? new RunFolder(Path.of(model)).checkpoint().configuration()
                : Configuration.empty().with(Setting.MODEL, model);
        for (var option : Map.of(Setting.DATA, data, Setting.BATCH, batch).entrySet()) {
            if (option.getValue().isPresent()) {
                found = found.with(option.getKey(), option.getValue().get());
            }
        }
        return found;
    }
}
