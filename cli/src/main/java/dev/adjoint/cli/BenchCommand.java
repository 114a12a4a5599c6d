package dev.adjoint.cli;

import dev.adjoint.bench.Benchmark;
import dev.adjoint.bench.Measurement;
import dev.adjoint.bench.Profile;
import dev.adjoint.bench.Stopwatch;
import dev.adjoint.bench.Workload;
import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Decimal;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.Table;
import dev.adjoint.cli.training.FiguresReport;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adjoint bench`: what training steps take, and other figures of speed and memory.
@Command(
        name = "bench",
        description = "Times training steps, forward, backward and update on one fixed batch; and other figures.",
        footer = {
            "",
            "  adjoint bench lenet gpt --threads 1",
            "  adjoint bench --explain lenet",
            "  adjoint bench matmul --json",
            "",
            "With --json: {\"results\": [{\"workload\", \"threads\", \"first_ms\", \"median_ms\", \"min_ms\", \"max_ms\",",
            "\"loss_first\", \"loss_last\", \"train_bytes\", \"predict_bytes\", \"backend\"} …]}; of another benchmark",
            "its table under its name; with --explain {\"profiles\": [{\"workload\", \"kernels\": [{\"operators\", \"writes\",",
            "\"nanoseconds\", \"bytes\", \"operations\"} …], \"nanoseconds\", \"bytes\", \"operations\", \"arena_bytes\",",
            "\"peak_bytes\"} …]}."
        })
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "What is measured, of ${COMPLETION-CANDIDATES} (default: all workloads).",
            completionCandidates = Names.class)
    private List<String> names = List.of();

    @Option(
            names = "--explain",
            description = "Shows the time, bytes and operations of every kernel of the step instead.")
    private boolean explain;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    BenchCommand(Console console) {
        this.console = console;
    }

    /// The names of the workloads and the other benchmarks.
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(Named.measurable());
        }
    }

    @Override
    public Integer call() {
        Kernels kernels = Named.checked(
                () -> threads.map(n -> Kernels.installed(Workers.of(n))).orElseGet(Kernels::installed));
        if (names.stream().anyMatch(name -> !Named.isWorkload(name))) {
            figures(kernels);
            return 0;
        }
        List<Workload> chosen = names.isEmpty()
                ? List.of(Workload.values())
                : names.stream().map(Named::workload).toList();
        return explain ? explain(chosen, kernels) : steps(chosen, kernels);
    }

    /// Benchmarks that are no workloads.
    private void figures(Kernels kernels) {
        List<String> others =
                names.stream().filter(name -> !Named.isWorkload(name)).toList();
        others.forEach(Named::benchmark);
        if (explain || others.size() < names.size()) {
            throw new UsageError("'" + others.getFirst() + "' is no training step: "
                    + (explain ? "--explain explains workloads" : "measure it apart from workloads"));
        }
        Map<String, Object> all = new LinkedHashMap<>();
        for (String name : others) {
            Optional<Benchmark> benchmark = Named.benchmark(name);
            console.err()
                    .println(name + ": " + benchmark.map(Benchmark::description).orElse(StartBenchmark.DESCRIPTION));
            FiguresReport report =
                    new FiguresReport(benchmark.map(b -> b.measure(kernels)).orElseGet(StartBenchmark::measure));
            all.put(name, report.json());
            if (!json) {
                console.out().println(report.table());
            }
        }
        if (json) {
            Json.print(console.out(), all);
        }
    }

    private int explain(List<Workload> chosen, Kernels kernels) {
        List<Object> all = new ArrayList<>();
        for (Workload workload : chosen) {
            ProfileReport report = new ProfileReport(Profile.of(workload, kernels, Stopwatch.usual()));
            all.add(report.json());
            if (!json) {
                console.out().println(report.text());
            }
        }
        if (json) {
            Json.print(console.out(), Map.of("profiles", all));
        }
        return 0;
    }

    private int steps(List<Workload> chosen, Kernels kernels) {
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
