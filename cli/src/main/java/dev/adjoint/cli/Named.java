package dev.adjoint.cli;

import dev.adjoint.bench.Benchmark;
import dev.adjoint.bench.Workload;
import dev.adjoint.cli.training.Configuration;
import dev.adjoint.cli.training.Experiment;
import dev.adjoint.cli.training.Setting;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NearestNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the names on the command line stand for. A name that stands for nothing is a wrong call.
final class Named {
    private Named() {}

    /// The names of all workloads and of the other benchmarks.
    static List<String> measurable() {
        return Stream.of(
                        Stream.of(Workload.values()).map(Workload::label),
                        Stream.of(Benchmark.values()).map(Benchmark::label),
                        Stream.of(StartBenchmark.NAME))
                .flatMap(names -> names)
                .toList();
    }

    static boolean isWorkload(String name) {
        return Workload.named(name).isPresent();
    }

    /// The workload of this name.
    static Workload workload(String name) {
        return Workload.named(name).orElseThrow(() -> unknown("workload", name, measurable()));
    }

    /// The benchmark of this name; nothing for [StartBenchmark].
    static Optional<Benchmark> benchmark(String name) {
        Optional<Benchmark> found = Benchmark.named(name);
        if (found.isEmpty() && !name.equals(StartBenchmark.NAME)) {
            throw unknown("workload", name, measurable());
        }
        return found;
    }

    private static UsageError unknown(String kind, String name, List<String> known) {
        String nearest = NearestNames.hint(name, known);
        String hint = nearest.isEmpty() ? "; there are " + String.join(", ", known) : nearest;
        return new UsageError("no " + kind + " is called '" + name + "'" + hint);
    }

    /// The source of this name.
    static DataSource source(String name) {
        return checked(() -> DataSource.parse(name));
    }

    /// The experiment of a configuration.
    static Experiment experiment(Configuration configuration) {
        return checked(() -> Experiment.of(configuration));
    }

    /// As many threads as wanted, or all processors.
    static Kernels kernels(Configuration configuration) {
        try {
            return configuration
                    .find(Setting.THREADS)
                    .map(n -> Kernels.installed(Workers.of(Math.toIntExact(Long.parseLong(n)))))
                    .orElseGet(Kernels::installed);
        } catch (InvalidArgument | ArithmeticException e) {
            throw new UsageError("--threads: " + Failures.message(e));
        }
    }

    /// What comes of arguments that may not fit together; if they do not, the call is wrong.
    static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidArgument e) {
            throw new UsageError(e);
        }
    }
}
