package dev.adjoint.bench;

import dev.adjoint.run.Kernels;
import dev.adjoint.train.diagnosis.Figure;
import dev.adjoint.train.diagnosis.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What is measured besides training steps.
public enum Benchmark {
    /// See [Bandwidth].
    MEMORY("memory", "elementwise operators and reductions, against a copy") {
        @Override
        public Figures measure(Kernels kernels) {
            return Bandwidth.usual().measure(kernels, Stopwatch.quick());
        }
    },

    /// See [MatrixProducts].
    MATMUL("matmul", "float32 matrix products of 16 to 2048, against the machine's peak") {
        @Override
        public Figures measure(Kernels kernels) {
            return MatrixProducts.usual().measure(kernels, Stopwatch.quick());
        }
    },

    /// See [ScalarCircuit].
    CIRCUIT("circuit", "the gradient of (x+σ(y))/(σ(x)+(x+y)²), against staged Java") {
        @Override
        public Figures measure(Kernels kernels) {
            return ScalarCircuit.usual().measure(kernels, Stopwatch.quick());
        }
    },

    /// Each workload in a process of its own.
    COMPILE("compile", "the first step of each workload in a fresh process: traced, compiled, run") {
        @Override
        public Figures measure(Kernels kernels) {
            List<List<Figure>> lines = new ArrayList<>();
            for (Workload workload : Workload.values()) {
                Map<String, Long> found = FirstSteps.apart(workload, kernels, 0, List.of());
                double trace = 1e-6 * figure(found, "trace");
                double compile = 1e-6 * figure(found, "compile");
                double run = 1e-6 * figure(found, "run");
                lines.add(List.of(
                        new Figure.Word(workload.label()),
                        new Figure.Real(trace),
                        new Figure.Real(compile),
                        new Figure.Real(run),
                        new Figure.Real(trace + compile + run)));
            }
            return new Figures(
                    "compile", List.of("workload", "trace ms", "compile ms", "run ms", "first step ms"), lines);
        }
    },

    /// Each workload in a process of its own.
    PEAK("peak", "the memory of each workload's training in a fresh process") {
        private static final int STEPS = 20;

        @Override
        public Figures measure(Kernels kernels) {
            List<List<Figure>> lines = new ArrayList<>();
            for (Workload workload : Workload.values()) {
                Map<String, Long> found = FirstSteps.apart(workload, kernels, STEPS, List.of());
                lines.add(List.of(
                        new Figure.Word(workload.label()),
                        new Figure.Bytes(figure(found, "plan")),
                        new Figure.Bytes(figure(found, "live")),
                        new Figure.Bytes(figure(found, "peak")),
                        new Figure.Bytes(figure(found, "allocated"))));
            }
            return new Figures(
                    "peak", List.of("workload", "plan", "live heap", "resident growth", "allocated a step"), lines);
        }
    };

    private final String label;
    private final String description;

    Benchmark(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /// The name on the command line.
    public String label() {
        return label;
    }

    /// What is measured.
    public String description() {
        return description;
    }

    /// The benchmark of this name.
    public static Optional<Benchmark> named(String label) {
        return Stream.of(values()).filter(b -> b.label.equals(label)).findFirst();
    }

    /// Measures.
    public abstract Figures measure(Kernels kernels);

    private static long figure(Map<String, Long> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }
}
