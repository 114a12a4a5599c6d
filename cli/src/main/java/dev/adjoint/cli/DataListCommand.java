package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import dev.adjoint.data.catalog.CatalogEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `adjoint data list`: the data sets that have a name.
@Command(
        name = "list",
        description = "Lists the data sets that have a name.",
        footer = {
            "",
            "With --json: {\"datasets\": [{\"name\", \"origin\", \"examples\", \"example\", \"classes\", \"licence\"} …]}."
        })
final class DataListCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    DataListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<CatalogEntry> entries = CatalogEntry.all();
        if (json) {
            Json.print(
                    console.out(),
                    Map.of(
                            "datasets",
                            entries.stream().map(DataListCommand::json).toList()));
            return 0;
        }
        Table table = Table.of("name", "origin", ">examples", "example", ">classes", "licence");
        for (CatalogEntry e : entries) {
            table.row(e.name(), origin(e), e.examples(), e.example(), e.classes(), e.licence());
        }
        console.out().println(table);
        return 0;
    }

    private static String origin(CatalogEntry entry) {
        return entry.origin().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> json(CatalogEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", entry.name());
        json.put("origin", origin(entry));
        json.put("examples", entry.examples());
        json.put("example", entry.example());
        json.put("classes", entry.classes());
        json.put("licence", entry.licence());
        return json;
    }
}
