package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Body;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Contraction;
import dev.adjoint.op.Control;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Op;
import dev.adjoint.op.Operations;
import dev.adjoint.op.Reduction;
import dev.adjoint.op.contraction.LoopNest;
import dev.adjoint.op.control.Cond;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.op.control.Scan;
import dev.adjoint.op.control.While;
import dev.adjoint.op.control.WithJvp;
import dev.adjoint.op.control.WithVjp;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Expand;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/// What a kernel has to do at least, known from the types alone.
///
/// @param bytes what it reads and writes, each operand and result once
/// @param operations about how many floating-point operations it does: a multiplication with an addition counts as two, a
///     function such as `exp` as 34; loops whose number of turns is not known count as one turn
public record Work(long bytes, long operations) {
    /// The work of a kernel.
    public static Work of(Cluster cluster) {
        return new Work(bytes(cluster.inputTypes()) + bytes(cluster.outputTypes()), operations(cluster.graph()));
    }

    /// This work and that.
    public Work plus(Work that) {
        return new Work(bytes + that.bytes, operations + that.operations);
    }

    private static long bytes(Collection<TensorType> types) {
        return types.stream().mapToLong(TensorType::bytes).sum();
    }

    private static long operations(Body body) {
        long operations = 0;
        HashSet<Object> seen = new HashSet<>();
        for (Value value : ((Graph) body).calls()) {
            operations += seen.add(value.call()) ? operations(value) : 0;
        }
        return operations;
    }

    private static long operations(Value value) {
        return switch (value.op()) {
            case Elementwise op -> Operations.of(op) * value.shape().count();
            case Contraction op ->
                2
                        * op.loops(value.input(0).type(), value.input(1).type()).loops().stream()
                                .mapToLong(LoopNest.Loop::extent)
                                .reduce(1, Math::multiplyExact);
            case Reduction _ -> value.input(0).shape().count();
            case Composite op -> expanded(op, value);
            case Control op -> operations(op);
            case Factorization _ ->
                value.input(0).shape().count() * value.input(0).shape().dim(-1);
            case Op _ -> 0;
        };
    }

    private static long expanded(Composite op, Value value) {
        List<TensorType> operands = value.inputs().stream().map(Value::type).toList();
        return operations(Expand.all().apply(Cluster.of(op, operands).graph()));
    }

    private static long operations(Control control) {
        return switch (control) {
            case Scan op -> op.length() * operations(op.body());
            case Cond op -> Math.max(operations(op.yes()), operations(op.no()));
            case While op -> operations(op.condition()) + operations(op.body());
            case Recompute op -> operations(op.body());
            case WithVjp op -> operations(op.body());
            case WithJvp op -> operations(op.body());
        };
    }
}
