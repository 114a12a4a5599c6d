package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.op.control.Cond;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.op.control.Scan;
import dev.adjoint.op.control.While;
import dev.adjoint.op.control.WithJvp;
import dev.adjoint.op.control.WithVjp;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Samples of loops, branches and calls, whose bodies are graphs: a recurrent step, a choice, a cube with told derivatives.
public final class ControlSamples {
    private ControlSamples() {}

    /// The samples of one class of [dev.adjoint.op.Control]; none for other classes.
    public static List<Sample> of(Class<? extends Op> op) {
        return all().stream().filter(sample -> op.isInstance(sample.op())).toList();
    }

    private static List<Sample> all() {
        Graph step = graph(
                k -> List.of(
                        k.get(0).mul(k.get(2)).add(k.get(1)).tanh(), k.get(0).square()),
                2,
                2,
                2);
        Graph square = graph(k -> List.of(k.get(0).square().mul(k.get(1))), 2, 2);
        Graph sine = graph(k -> List.of(k.get(0).sin().add(k.get(1))), 2, 2);
        Graph cube = graph(k -> List.of(k.get(0).pow(3)), 3);
        Graph pull = graph(k -> List.of(k.get(0).square().mul(3).mul(k.get(2))), 3, 3, 3);
        Graph push = graph(k -> List.of(k.get(0).square().mul(3).mul(k.get(1))), 3, 3);
        return List.of(
                Sample.of(new Scan(step, 1, 1, Scan.Steps.forward(3, Scan.Memory.KEEP)))
                        .normal(2)
                        .normal(3, 2)
                        .normal(2),
                Sample.of(new Scan(step, 1, 1, Scan.Steps.forward(2, Scan.Memory.RECOMPUTE)))
                        .normal(2)
                        .normal(2, 2)
                        .normal(2),
                Sample.of(new Scan(
                                step,
                                1,
                                1,
                                Scan.Steps.forward(3, Scan.Memory.KEEP).reversed()))
                        .normal(2)
                        .normal(3, 2)
                        .normal(2),
                Sample.of(new Scan(step, 1, 1, Scan.Steps.forward(0, Scan.Memory.KEEP)))
                        .normal(2)
                        .normal(0, 2)
                        .normal(2),
                Sample.of(new Cond(square, sine)).booleans().normal(2).normal(2),
                Sample.of(counted()).normal(2).indices(3).normal(2),
                Sample.of(new Recompute(square)).normal(2).normal(2),
                Sample.of(new WithVjp(cube, pull)).uniform(0.5, 2, 3),
                Sample.of(new WithJvp(cube, push)).uniform(0.5, 2, 3));
    }

    /// x ← sin x·k until the count, which starts below it, reaches three; whole numbers, so that it ends whatever x is.
    private static While counted() {
        TensorType x = TensorType.of(DType.F64, 2);
        TensorType count = TensorType.of(DType.I64);
        List<Value> in = List.of(Value.input("x", x), Value.input("i", count), Value.input("k", x));
        List<Value> out = List.of(
                Value.of(in.get(0).sin().mul(in.get(2))), Value.of(in.get(1).add(1)));
        return new While(new Graph(in, List.of(Value.of(in.get(1).lt(3)))), new Graph(in, out), 2);
    }

    /// A body of vectors of the given extents.
    private static Graph graph(Function<List<Tensor>, List<Tensor>> f, long... extents) {
        List<Value> inputs = Arrays.stream(extents)
                .mapToObj(n -> Value.input("x", TensorType.of(DType.F64, n)))
                .toList();
        return new Graph(
                inputs, f.apply(List.copyOf(inputs)).stream().map(Value::of).toList());
    }
}
