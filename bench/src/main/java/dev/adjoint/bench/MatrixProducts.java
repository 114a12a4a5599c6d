package dev.adjoint.bench;

import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.train.diagnosis.Figure;
import dev.adjoint.train.diagnosis.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Products of square float32 matrices by every provider of kernels, as a share of the machine's peak.
record MatrixProducts(List<Integer> sizes) {
    private static final String REFERENCE = "reference";

    /// 16, 32 … 2048.
    static MatrixProducts usual() {
        return new MatrixProducts(
                IntStream.rangeClosed(4, 11).mapToObj(power -> 1 << power).toList());
    }

    Figures measure(Kernels kernels, Stopwatch watch) {
        List<List<Figure>> lines = new ArrayList<>();
        double peak = 0;
        for (int size : sizes) {
            // the highest so far: the JVM compiles the chain again and again, and not always as well
            peak = Math.max(peak, Peak.gigaflops(kernels.workers(), watch));
            for (int i = 0; i < kernels.providers().size(); i++) {
                List<KernelProvider> rest =
                        kernels.providers().subList(i, kernels.providers().size());
                String provider = rest.getFirst().name();
                if (!provider.equals(REFERENCE)) {
                    double speed = speed(size, new Kernels(rest, kernels.workers()), watch);
                    lines.add(List.of(
                            new Figure.Count(size),
                            new Figure.Word(provider),
                            new Figure.Real(speed),
                            new Figure.Real(peak),
                            new Figure.Share(speed / peak)));
                }
            }
        }
        return new Figures("products", List.of("size", "kernels", "GFLOP/s", "peak", "of the peak"), lines);
    }

    private static double speed(int size, Kernels kernels, Stopwatch watch) {
        TensorType type = TensorType.of(DType.F32, size, size);
        List<Tensor> given = List.of(
                Array.of(Array.key(Key.of(1)).normal(type)),
                Array.of(Array.key(Key.of(2)).normal(type)));
        var graph =
                Trace.of(given, (List<Tensor> x) -> x.get(0).matmul(x.get(1))).graph();
        double nanoseconds = watch.nanoseconds(Executable.compile(graph, kernels), given);
        return 2.0 * size * size * size / nanoseconds;
    }
}
