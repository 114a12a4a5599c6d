package dev.adjoint.bench;

import dev.adjoint.compile.Step;
import dev.adjoint.compile.Work;
import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.train.diagnosis.Figure;
import dev.adjoint.train.diagnosis.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/// Elementwise operators and reductions over float32, as bytes a second beside those of a copy of the same size: in the
/// second-level cache and in memory. The share is 1 where the memory is the limit.
record Bandwidth(List<Integer> rows) {
    private static final int COLUMNS = 1024;

    /// 256 KiB and 64 MiB.
    static Bandwidth usual() {
        return new Bandwidth(List.of(64, 16 * 1024));
    }

    private static Map<String, BinaryOperator<Tensor>> operators() {
        Map<String, BinaryOperator<Tensor>> operators = new LinkedHashMap<>();
        operators.put("x + y", Tensor::add);
        operators.put("relu(2x + y)", (x, y) -> x.mul(2).add(y).relu());
        operators.put("exp(x)", (x, _) -> x.exp());
        operators.put("tanh(x)", (x, _) -> x.tanh());
        operators.put("gelu(x)", (x, _) -> x.gelu());
        operators.put("sum of all", (x, _) -> x.sum());
        operators.put("sum of rows", (x, _) -> x.sum(-1));
        operators.put("sum of columns", (x, _) -> x.sum(0));
        operators.put("max of rows", (x, _) -> x.max(-1));
        operators.put("softmax of rows", (x, _) -> x.softmax(-1));
        operators.put("transpose", (x, _) -> x.mT().add(0));
        return operators;
    }

    Figures measure(Kernels kernels, Stopwatch watch) {
        List<List<Figure>> lines = new ArrayList<>();
        for (int count : rows) {
            double copy = Peak.copyGigabytes(count * COLUMNS, kernels.workers(), watch);
            lines.add(line("copy", count, copy, 1));
            operators().forEach((name, operator) -> {
                double speed = speed(operator, count, kernels, watch);
                lines.add(line(name, count, speed, speed / copy));
            });
        }
        return new Figures("bandwidth", List.of("operator", "floats", "GB/s", "of a copy"), lines);
    }

    private static List<Figure> line(String name, long count, double speed, double share) {
        return List.of(
                new Figure.Word(name),
                new Figure.Count(count * COLUMNS),
                new Figure.Real(speed),
                new Figure.Share(share));
    }

    private static double speed(BinaryOperator<Tensor> operator, int rows, Kernels kernels, Stopwatch watch) {
        TensorType type = TensorType.of(DType.F32, rows, COLUMNS);
        List<Tensor> given = List.of(
                Array.of(Array.key(Key.of(1)).normal(type)),
                Array.of(Array.key(Key.of(2)).normal(type)));
        var graph = Trace.of(given, (List<Tensor> x) -> operator.apply(x.get(0), x.get(1)))
                .graph();
        Executable executable = Executable.compile(graph, kernels);
        // Passes over memory that a plan makes beside the one that is needed count as time, not as bytes.
        long bytes = executable.plan().steps().stream()
                .map(Step::cluster)
                .map(Work::of)
                .mapToLong(Work::bytes)
                .min()
                .orElse(0);
        return bytes / watch.nanoseconds(executable, given);
    }
}
