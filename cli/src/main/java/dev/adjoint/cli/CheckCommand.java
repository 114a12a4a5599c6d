package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import dev.adjoint.op.Catalog;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.NearestNames;
import dev.adjoint.testkit.OpCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adjoint check`: every operator's derivatives against finite differences, and its laws.
@Command(
        name = "check",
        description = "Compares the derivatives of operators with central differences in float64.",
        footer = {
            "",
            "Orders 1 to 3, in forward and reverse mode; the worst relative error over the samples of",
            "each operator. Exit code 1 if one is 1e-6 or more, or if a law is broken.",
            "With --json: {\"passed\", \"worst\", \"operators\": [{\"name\", \"family\", \"samples\", \"forward1\",",
            "\"reverse1\", \"forward2\", \"reverse2\", \"forward3\", \"reverse3\", \"passed\",",
            "\"without_derivative\"} …]}, with --laws also",
            "\"laws\": [{\"law\", \"statement\", \"cases\", \"broken\": [messages]} …]."
        })
final class CheckCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "OP", description = "Names of operators, as 'adjoint ops' lists them (default: all).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Option(
            names = "--laws",
            description = "Tests every law at every sample too: types, kernels, precision, views, batches, refusals …")
    private boolean laws;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<OpCheck.Result> results = OpCheck.run(operators());
        List<LawResult> kept = laws ? LawResult.of(operators()) : List.of();
        boolean passed = results.stream().allMatch(OpCheck.Result::passed)
                && kept.stream().allMatch(LawResult::passed);
        double worst = results.stream().mapToDouble(OpCheck.Result::worst).max().orElse(0);
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("passed", passed);
            object.put("worst", worst);
            object.put("operators", results.stream().map(CheckCommand::json).toList());
            if (laws) {
                object.put("laws", kept.stream().map(LawResult::json).toList());
            }
            Json.print(console.out(), object);
        } else {
            console.out().println(table(results));
            long failed = results.stream().filter(r -> !r.passed()).count();
            String verdict = failed == 0 ? "all errors are below 1e-6" : failed + " of them WRONG";
            console.out().printf("%noperators: %d, %s; the worst is %s%n", results.size(), verdict, error(worst));
            if (laws) {
                LawResult.print(console.out(), kept);
            }
        }
        return passed ? 0 : Failures.FAILED;
    }

    private List<Class<? extends Op>> operators() {
        Map<String, Class<? extends Op>> known = Catalog.named();
        if (names.isEmpty()) {
            return List.copyOf(known.values());
        }
        List<Class<? extends Op>> chosen = new ArrayList<>();
        for (String name : names) {
            Class<? extends Op> op = known.get(name);
            if (op == null) {
                String hint = NearestNames.hint(name, known.keySet());
                throw new UsageError(
                        "no operator is called '" + name + "'" + (hint.isEmpty() ? "; 'adjoint ops' lists all" : hint));
            }
            chosen.add(op);
        }
        return chosen;
    }

    private static Table table(List<OpCheck.Result> results) {
        Table table = Table.of(
                "operator",
                "family",
                ">forward",
                ">reverse",
                ">forward 2",
                ">reverse 2",
                ">forward 3",
                ">reverse 3",
                "");
        for (OpCheck.Result r : results) {
            if (r.hasDerivative()) {
                table.row(
                        r.operator(),
                        r.family(),
                        error(r.forward1()),
                        error(r.reverse1()),
                        error(r.forward2()),
                        error(r.reverse2()),
                        error(r.forward3()),
                        error(r.reverse3()),
                        r.passed() ? "ok" : "WRONG");
            } else {
                table.row(r.operator(), r.family(), "", "", "", "", "", "", "no derivative: " + r.withoutDerivative());
            }
        }
        return table;
    }

    private static String error(double error) {
        return String.format(Locale.ROOT, "%.0e", error);
    }

    private static Map<String, Object> json(OpCheck.Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", result.operator());
        json.put("family", result.family());
        json.put("samples", result.samples());
        json.put("forward1", result.forward1());
        json.put("reverse1", result.reverse1());
        json.put("forward2", result.forward2());
        json.put("reverse2", result.reverse2());
        json.put("forward3", result.forward3());
        json.put("reverse3", result.reverse3());
        json.put("passed", result.passed());
        json.put("without_derivative", Json.orNull(result.withoutDerivative()));
        return json;
    }
}
