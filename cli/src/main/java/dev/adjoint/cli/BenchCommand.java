package dev.adjoint.cli;

import dev.adjoint.bench.Measurement;
import dev.adjoint.bench.Stopwatch;
import dev.adjoint.bench.Workload;
import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Decimal;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adjoint bench`: what a training step takes.
@Command(
        name = "bench",
        description = "Times training steps: forward, backward and update on one fixed batch.",
        footer = {
            "",
            "With --json: {\"results\": [{\"workload\", \"threads\", \"first_ms\", \"median_ms\", \"min_ms\", \"max_ms\",",
            "\"loss_first\", \"loss_last\", \"train_bytes\", \"predict_bytes\", \"backend\"} …]}."
        })
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "WORKLOAD",
            arity = "0..*",
            description = "What is timed (default: all of ${COMPLETION-CANDIDATES}).",
            completionCandidates = Names.class)
    private List<String> workloads = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    BenchCommand(Console console) {
        this.console = console;
    }

    /// The names of the workloads.
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(Stream.of(Workload.values()).map(Workload::label).toList());
        }
    }

    @Override
    public Integer call() {
        Kernels kernels = Named.checked(
                () -> threads.map(n -> Kernels.installed(Workers.of(n))).orElseGet(Kernels::installed));
        List<Workload> chosen = workloads.isEmpty()
                ? List.of(Workload.values())
                : workloads.stream().map(Named::workload).toList();
        List<Measurement> results =
                chosen.stream().map(workload -> measure(workload, kernels)).toList();
        if (json) {
            Json.print(
                    console.out(),
                    Map.of("results", results.stream().map(BenchCommand::json).toList()));
        } else {
            console.out().println(table(results));
        }
        return results.stream().allMatch(Measurement::learns) ? 0 : 1;
    }

    private Measurement measure(Workload workload, Kernels kernels) {
        console.err().println(workload.label() + ": " + workload.description());
        return Stopwatch.usual().measure(workload, kernels);
    }

    private static Table table(List<Measurement> results) {
        Table table =
                Table.of("workload", ">threads", ">median ms", ">min ms", ">max ms", ">first ms", ">loss", ">memory");
        for (Measurement m : results) {
            table.row(
                    m.workload(),
                    m.threads(),
                    figure(m.medianMs()),
                    figure(m.minMs()),
                    figure(m.maxMs()),
                    figure(m.firstMs()),
                    figure(m.lossFirst()) + " → " + figure(m.lossLast()),
                    Decimal.bytes(m.trainBytes()));
        }
        return table;
    }

    private static String figure(double number) {
        return String.format(Locale.ROOT, "%.4g", number);
    }

    private static Map<String, Object> json(Measurement m) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("workload", m.workload());
        json.put("threads", m.threads());
        json.put("first_ms", m.firstMs());
        json.put("median_ms", m.medianMs());
        json.put("min_ms", m.minMs());
        json.put("max_ms", m.maxMs());
        json.put("loss_first", m.lossFirst());
        json.put("loss_last", m.lossLast());
        json.put("train_bytes", m.trainBytes());
        json.put("predict_bytes", m.predictBytes());
        json.put("backend", m.backend());
        return json;
    }
}
