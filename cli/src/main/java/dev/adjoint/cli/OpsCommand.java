package dev.adjoint.cli;

import dev.adjoint.cli.reference.OperatorReference;
import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `adjoint ops`: the operator table, generated from the catalogue.
@Command(
        name = "ops",
        description = "Lists every operator with its formula and derivative.",
        footer = {
            "",
            "In the derivatives, y is the result of an operator of x, z that of an operator of x and y.",
            "With --json: {\"operators\": [{\"name\", \"family\", \"formula\", \"derivative\", \"without_derivative\"} …]};",
            "one of the last two is null."
        })
final class OpsCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Option(names = "--markdown", description = "Prints the operator reference, docs/operators.md.")
    private boolean markdown;

    OpsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<OperatorFacts> operators = OperatorFacts.all();
        if (markdown) {
            console.out().print(new OperatorReference(OperatorFacts.derivatives()).markdown());
        } else if (json) {
            Json.print(
                    console.out(),
                    Map.of("operators", operators.stream().map(OpsCommand::json).toList()));
        } else {
            Table table = Table.of("name", "family", "formula", "derivative");
            operators.forEach(op -> table.row(op.name(), op.family(), op.formula(), op.derivativeOrReason()));
            console.out().println(table);
        }
        return 0;
    }

    private static Map<String, Object> json(OperatorFacts op) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", op.name());
        json.put("family", op.family());
        json.put("formula", op.formula());
        json.put("derivative", Json.orNull(op.derivative()));
        json.put("without_derivative", Json.orNull(op.withoutDerivative()));
        return json;
    }
}
