package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.op.indexing.Places;
import dev.adjoint.op.indexing.Scatter;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.ReusingKernel;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Updates combined into a table: in its place, if the table's memory may be taken, so that only what is touched is written. A
/// table of one number repeated is written where the result stands.
final class ScatterKernel extends ReusingKernel {
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
    protected InRow inRow() {
        return new Run();
    }

    /// One run at a time.
    private final class Run implements InRow {
        private final Places places = scatter.places(types);
        private final Elements[] operands = new Elements[inputs.length];

        @Override
        public void run(Elements[] given, Elements[] outputs, Turn turn) {
            for (int i = 0; i < operands.length; i++) {
                operands[i] = given[inputs[i]];
            }
            try {
                start(operands[0], outputs[0]);
                scatter.update(places, Arrays.asList(operands), outputs[0]);
            } finally {
                Arrays.fill(operands, null);
            }
        }
    }

    /// Writes what stands before the updates.
    @SuppressWarnings({"ReferenceEquality", "SuspiciousSystemArraycopy"}) // the question is which memory it is
    private void start(Elements table, Elements out) {
        if (isFilled && table.get(0) == 0) {
            out.clear();
        } else if (isFilled) {
            fill(table.array(), out);
        } else if (table.array() != out.array()) {
            System.arraycopy(table.array(), 0, out.array(), 0, out.count());
        }
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
