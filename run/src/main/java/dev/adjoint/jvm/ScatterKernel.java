package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.op.indexing.Scatter;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.run.Kernel;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Updates combined into a table: in its place, if the table's memory may be taken, so that only what is touched is written. A
/// table of one number repeated is written where the result stands.
final class ScatterKernel implements Kernel {
    private final Scatter scatter;
    private final List<TensorType> types;
    private final boolean isFilled;

    /// Which input of the cluster each operand is; for a repeated number, that number.
    private final int[] inputs;

    private ScatterKernel(Value call, boolean isFilled, int[] inputs) {
        this.scatter = (Scatter) call.op();
        this.types = call.inputs().stream().map(Value::type).toList();
        this.isFilled = isFilled;
        this.inputs = inputs;
    }

    /// A kernel, or nothing where more than the table is a view.
    static Optional<Kernel> of(Cluster cluster) {
        Value call = cluster.graph().outputs().getFirst();
        Value table = call.input(0);
        boolean isFilled =
                table.op() instanceof Broadcast && table.input(0).shape().count() == 1;
        List<Value> read = new ArrayList<>(call.inputs());
        if (isFilled) {
            read.set(0, table.input(0));
        }
        int[] places = read.stream().mapToInt(cluster.graph().inputs()::indexOf).toArray();
        return Arrays.stream(places).anyMatch(place -> place < 0)
                ? Optional.empty()
                : Optional.of(new ScatterKernel(call, isFilled, places));
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public boolean mayOverwrite(int input, int output) {
        return !isFilled
                && input == inputs[0]
                && Arrays.stream(inputs).filter(i -> i == input).count() == 1;
    }

    @Override
    @SuppressWarnings({"ReferenceEquality", "SuspiciousSystemArraycopy"}) // the question is which memory it is
    public void run(Elements[] given, Elements[] outputs) {
        Elements[] operands = new Elements[inputs.length];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = given[inputs[i]];
        }
        Elements out = outputs[0];
        if (isFilled && operands[0].get(0) == 0) {
            out.clear();
        } else if (isFilled) {
            fill(operands[0].array(), out);
        } else if (operands[0].array() != out.array()) {
            System.arraycopy(operands[0].array(), 0, out.array(), 0, out.count());
        }
        scatter.update(types, Arrays.asList(operands), out);
    }

    /// One number everywhere, whatever its type.
    @SuppressWarnings("SuspiciousSystemArraycopy")
    private static void fill(Object number, Elements out) {
        int written = Math.min(1, out.count());
        System.arraycopy(number, 0, out.array(), 0, written);
        while (written < out.count()) {
            int more = Math.min(written, out.count() - written);
            System.arraycopy(out.array(), 0, out.array(), written, more);
            written += more;
        }
    }
}
