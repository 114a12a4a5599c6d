package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Elementwise results that are written in the pass of sums which read them, or what they are made of: some rows at a time, which
/// are still in the cache when the sums come.
///
/// @param calls what writes them
/// @param outputs which outputs they are
/// @param width the elements of a row
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredTerms(ElementwiseKernel calls, int[] outputs, int width) {
    /// Elements that are written before they are summed: 32 KiB of an array. A loop begins with single elements until its array
    /// is aligned, so it must not be short.
    private static final int BLOCK = 1 << 13;

    /// The results of a cluster that are no sums; nothing where the rows of the sums do not follow each other, or a line of the
    /// loops goes over several.
    static Optional<StoredTerms> of(Cluster cluster, List<Value> stored, SumNest nest, Workers workers) {
        boolean areRead = stored.stream().allMatch(value -> value.dtype() != DType.F64);
        if (!areRead || !nest.isRows()) {
            return Optional.empty();
        }
        int[] outputs =
                stored.stream().mapToInt(cluster.graph().outputs()::indexOf).toArray();
        return ElementwiseKernel.ofCalls(new Cluster(new Graph(cluster.graph().inputs(), stored)), workers)
                .filter(calls -> nest.width() % calls.line() == 0)
                .map(calls -> new StoredTerms(calls, outputs, nest.width()));
    }

    /// How many rows are written before they are summed.
    int rows() {
        return Math.max(1, BLOCK / width);
    }

    /// Whether an output may stand in the memory of an input, as far as its own formula goes.
    boolean mayOverwrite(int input, int output) {
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] == output) {
                return calls.mayOverwrite(input, i);
            }
        }
        return false;
    }

    Run run() {
        return new Run();
    }

    /// One run at a time.
    final class Run {
        private final Object[] x = new Object[calls.inputs().length];
        private final Object[] y = new Object[outputs.length];

        void begin(Elements[] arguments, Elements[] results) {
            for (int i = 0; i < x.length; i++) {
                x[i] = arguments[calls.inputs()[i]].array();
            }
            for (int i = 0; i < y.length; i++) {
                y[i] = results[outputs[i]].array();
            }
        }

        /// Writes the rows from one to before another.
        void write(int from, int to) {
            calls.range(x, y, from * width, to * width);
        }

        void end() {
            Arrays.fill(x, null);
            Arrays.fill(y, null);
        }
    }
}
