package dev.adjoint.onednn;

import dev.adjoint.onednn.Primitive.Argument;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A primitive that makes a row of floats of each row of floats: some rows at a time are copied to native memory, and their
/// results back while they are in the cache. In place it takes longer where rows are no multiple of vectors.
final class NativeRows implements Kernel {
    /// Numbers of a part: about 5 µs.
    private static final int PART = 1 << 14;

    private final Form form;
    private final Workers workers;
    private final int rows;
    private final int length;
    private final int grain;
    private final Natives natives;
    private final Primitive whole;
    private final Primitive last;
    private final Pool<long[]> idle;

    /// What a primitive does to rows.
    ///
    /// @param describe its description, for a matrix of so many rows
    /// @param weights how it calls the further operands, each as long as a row
    record Form(UnaryOperator<MemorySegment> describe, List<Integer> weights) {
        /// Whether the library has more than its reference code for rows of a length.
        boolean isFast(Dnnl dnnl, long length) {
            MemorySegment matrix = dnnl.tensor(new long[] {1, length}, new long[] {length, 1});
            MemorySegment description = describe.apply(matrix);
            boolean isFast = dnnl.implementation(description).startsWith("jit");
            dnnl.destroy("dnnl_primitive_desc_destroy", description);
            dnnl.destroy("dnnl_memory_desc_destroy", matrix);
            return isFast;
        }
    }

    /// @param type of the result, which has elements
    /// @param length the elements of a row
    NativeRows(Dnnl dnnl, Form form, TensorType type, int length, Workers workers) {
        this.form = form;
        this.workers = workers;
        this.length = length;
        this.rows = (int) (type.shape().count() / length);
        this.grain = Math.clamp(PART / length, 1, rows);
        this.natives = new Natives(this, dnnl);
        this.whole = primitive(dnnl, grain);
        int rest = rows % grain;
        this.last = rest == 0 ? whole : primitive(dnnl, rest);
        this.idle = new Pool<>(() -> new long[form.weights.size() + 2]);
    }

    private Primitive primitive(Dnnl dnnl, int count) {
        MemorySegment matrix = own(dnnl.tensor(new long[] {count, length}, new long[] {length, 1}));
        List<Argument> arguments = new ArrayList<>();
        arguments.add(new Argument(Dnnl.SOURCE, matrix));
        arguments.add(new Argument(Dnnl.DESTINATION, matrix));
        for (int name : form.weights) {
            arguments.add(new Argument(name, own(dnnl.tensor(new long[] {length}, new long[] {1}))));
        }
        return new Primitive(dnnl, form.describe.apply(matrix), arguments);
    }

    private MemorySegment own(MemorySegment tensor) {
        return natives.own("dnnl_memory_desc_destroy", tensor);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    /// Rows are copied before their results are written.
    @Override
    public boolean mayOverwrite(int input, int output) {
        return input == 0;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        MemorySegment[] weights = new MemorySegment[form.weights.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Scratch.SHARED.borrow(length);
            Scratch.copy(inputs[i + 1].floats(), 0, weights[i], 0, length);
        }
        workers.run(Math.ceilDiv(rows, grain), part -> part(inputs[0].floats(), outputs[0].floats(), part, weights));
        for (MemorySegment piece : weights) {
            Scratch.SHARED.giveBack(piece);
        }
    }

    private void part(float[] x, float[] y, int part, MemorySegment[] weights) {
        int from = part * grain * length;
        int count = Math.min(grain * length, rows * length - from);
        MemorySegment source = Scratch.SHARED.borrow((long) grain * length);
        MemorySegment result = Scratch.SHARED.borrow((long) grain * length);
        Scratch.copy(x, from, source, 0, count);
        long[] addresses = idle.borrow();
        addresses[0] = source.address();
        addresses[1] = result.address();
        for (int i = 0; i < weights.length; i++) {
            addresses[i + 2] = weights[i].address();
        }
        try {
            (count == grain * length ? whole : last).run(addresses);
        } finally {
            Reference.reachabilityFence(weights);
        }
        idle.giveBack(addresses);
        Scratch.copy(result, 0, y, from, count);
        Scratch.SHARED.giveBack(source);
        Scratch.SHARED.giveBack(result);
    }
}
