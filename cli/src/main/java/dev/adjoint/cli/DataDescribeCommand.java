package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Decimal;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import dev.adjoint.data.catalog.ColumnFacts;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.data.catalog.Description;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adjoint data describe`: what data looks like.
@Command(
        name = "describe",
        description = "Describes data: shape, types, classes with counts, ranges, missing values.",
        footer = {
            "",
            "With --json: {\"name\", \"kind\", \"examples\", \"type\", \"classes\": [{\"name\", \"count\"} …],",
            "\"columns\": [{\"name\", \"type\", \"least\", \"most\", \"mean\", \"missing\"} …], \"notes\": {…}}."
        })
final class DataDescribeCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "DATA",
            description = "A name from 'adjoint data list', csv:FILE, idx:FOLDER, images:FOLDER or text:FILE.")
    private String data = "";

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    DataDescribeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Description description = Named.checked(() -> Description.of(DataSource.parse(data)));
        if (json) {
            Json.print(console.out(), json(description));
        } else {
            print(description);
        }
        return 0;
    }

    private void print(Description description) {
        String unit = description.kind().equals("text") ? " characters" : " examples, " + description.type();
        console.out().println(description.name() + ": " + description.kind() + ", " + description.examples() + unit);
        description.notes().forEach((note, text) -> console.out().println(note + ": " + text));
        if (!description.classes().isEmpty()) {
            Table classes = Table.of("class", ">examples");
            description.classes().forEach(c -> classes.row(c.name(), c.count()));
            console.out().println();
            console.out().println(classes);
        }
        if (!description.columns().isEmpty()) {
            Table columns = Table.of("feature", "type", ">least", ">most", ">mean", ">missing");
            for (ColumnFacts c : description.columns()) {
                columns.row(c.name(), c.type(), text(c.least()), text(c.most()), text(c.mean()), c.missing());
            }
            console.out().println();
            console.out().println(columns);
        }
    }

    private static String text(OptionalDouble number) {
        return number.isPresent() ? Decimal.of(number.getAsDouble()) : "";
    }

    private static Map<String, Object> json(Description description) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", description.name());
        json.put("kind", description.kind());
        json.put("examples", description.examples());
        json.put("type", Json.orNull(description.type()));
        json.put(
                "classes",
                description.classes().stream().map(DataDescribeCommand::json).toList());
        json.put(
                "columns",
                description.columns().stream().map(DataDescribeCommand::json).toList());
        json.put("notes", description.notes());
        return json;
    }

    private static Map<String, Object> json(Description.ClassCount count) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", count.name());
        json.put("count", count.count());
        return json;
    }

    private static Map<String, Object> json(ColumnFacts column) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", column.name());
        json.put("type", column.type());
        json.put("least", orNull(column.least()));
        json.put("most", orNull(column.most()));
        json.put("mean", orNull(column.mean()));
        json.put("missing", column.missing());
        return json;
    }

    private static Optional<Double> orNull(OptionalDouble number) {
        return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
    }
}
