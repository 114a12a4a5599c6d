package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `adjoint doctor`: what of the machine matters, what was found, and what to do about it.
@Command(
        name = "doctor",
        description = "Shows what Adjoint found on this machine, what it expects, and what to do.",
        footer = {
            "",
            "With --json: {\"ok\", \"findings\": [{\"name\", \"found\", \"expected\", \"ok\", \"advice\"} …]}.",
            "Exit code 1 if something that is needed is missing."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Finding> findings = Finding.all();
        boolean ok = findings.stream().allMatch(Finding::ok);
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("ok", ok);
            object.put("findings", findings.stream().map(DoctorCommand::json).toList());
            Json.print(console.out(), object);
        } else {
            Table table = Table.of("", "", "found", "expected", "what to do");
            findings.forEach(f -> table.row(f.ok() ? "ok" : "!!", f.name(), f.found(), f.expected(), f.advice()));
            console.out().println(table);
        }
        return ok ? 0 : Failures.FAILED;
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", finding.name());
        json.put("found", finding.found());
        json.put("expected", finding.expected());
        json.put("ok", finding.ok());
        json.put("advice", Json.orNull(finding.advice()));
        return json;
    }
}
