package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import dev.adjoint.cli.training.ModelFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `adjoint models`: the networks that can be trained by name.
@Command(
        name = "models",
        description = "Lists the networks that 'adjoint train --model' knows.",
        footer = {
            "",
            "With --json: {\"models\": [{\"name\", \"description\", \"input\", \"reference\", \"classes\",",
            "\"parameters\"} …]}; parameters are counted for the reference input and as many classes."
        })
final class ModelsCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    ModelsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<ModelFacts> models = ModelFacts.all();
        if (json) {
            Json.print(
                    console.out(),
                    Map.of("models", models.stream().map(ModelsCommand::json).toList()));
            return 0;
        }
        Table table = Table.of("name", "what it is", "takes", ">parameters", "for");
        for (ModelFacts m : models) {
            String parameters = String.format(Locale.ROOT, "%,d", m.parameters());
            table.row(m.name(), m.description(), m.input(), parameters, m.reference() + " in " + m.classes());
        }
        console.out().println(table);
        return 0;
    }

    private static Map<String, Object> json(ModelFacts model) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", model.name());
        json.put("description", model.description());
        json.put("input", model.input());
        json.put("reference", model.reference());
        json.put("classes", model.classes());
        json.put("parameters", model.parameters());
        return json;
    }
}
