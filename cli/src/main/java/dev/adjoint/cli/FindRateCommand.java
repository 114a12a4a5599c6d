package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.TextFile;
import dev.adjoint.cli.training.Experiment;
import dev.adjoint.cli.training.RateSearch;
import dev.adjoint.cli.training.Setting;
import dev.adjoint.train.RateFinder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `adjoint find-rate`: which learning rates a training bears.
@Command(
        name = "find-rate",
        description =
                "Tries growing learning rates on the first batches of a training, and draws the loss over the rate.",
        footer = {
            "",
            "The rate grows from step to step until the loss is four times its least. A rate to train with lies between",
            "the one at which the loss falls most steeply and a tenth of the one at which it is least. Takes the settings",
            "of 'adjoint train'; their schedule is not used.",
            "",
            "  adjoint find-rate --model mlp --data wine",
            "",
            "With --json: {\"model\", \"data\", \"steepest\", \"bearable\", \"set\", \"points\": [{\"rate\", \"loss\",",
            "\"smoothed\"} …], \"picture\"}."
        })
final class FindRateCommand implements Callable<Integer> {
    private final Console console;
    private final TrainingOptions options;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Where the picture is written (default: learning-rate.svg).")
    private Path picture = Path.of("learning-rate.svg");

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    private FindRateCommand(Console console, TrainingOptions options) {
        this.console = console;
        this.options = options;
    }

    static CommandLine create(Console console) {
        TrainingOptions options = new TrainingOptions(Stream.of(Setting.values())
                .filter(setting -> setting.role() != Setting.Role.MANNER)
                .toList());
        CommandLine line = new CommandLine(new FindRateCommand(console, options));
        line.getCommandSpec().addMixin("settings", options.spec());
        return line;
    }

    @Override
    public Integer call() {
        Experiment experiment = Named.experiment(options.read());
        LeftOut.report(console, experiment.leftOut());
        RateSearch found = RateSearch.of(experiment);
        TextFile.write(picture, found.picture());
        if (json) {
            Json.print(console.out(), json(experiment, found));
        } else {
            print(experiment, found);
        }
        return 0;
    }

    private void print(Experiment experiment, RateSearch found) {
        List<RateFinder.Point> points = found.curve().points();
        console.out()
                .println(experiment.configuration().text(Setting.MODEL) + " for "
                        + experiment.configuration().text(Setting.DATA) + ": " + points.size()
                        + " steps with rates from "
                        + shown(points.getFirst().rate()) + " to "
                        + shown(points.getLast().rate()));
        console.out()
                .println("the loss falls most steeply at " + shown(found.curve().steepest()));
        console.out()
                .println("a tenth of the rate of the least loss is "
                        + shown(found.curve().bearable()));
        console.out()
                .println("the training would use " + experiment.configuration().text(Setting.LR));
        console.out().println("the picture is " + picture);
    }

    private static String shown(double rate) {
        return String.format(Locale.ROOT, "%.1e", rate);
    }

    private Map<String, Object> json(Experiment experiment, RateSearch found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", experiment.configuration().text(Setting.MODEL));
        json.put("data", experiment.configuration().text(Setting.DATA));
        json.put("steepest", found.curve().steepest());
        json.put("bearable", found.curve().bearable());
        json.put("set", Double.parseDouble(experiment.configuration().text(Setting.LR)));
        json.put(
                "points",
                found.curve().points().stream().map(FindRateCommand::json).toList());
        json.put("picture", picture);
        return json;
    }

    private static Map<String, Object> json(RateFinder.Point point) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rate", point.rate());
        json.put("loss", point.loss());
        json.put("smoothed", point.smoothed());
        return json;
    }
}
