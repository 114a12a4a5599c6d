package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.onednn.Primitive.Argument;
import dev.adjoint.op.Op;
import dev.adjoint.op.composite.LogSoftmax;
import dev.adjoint.op.composite.MaskedSoftmax;
import dev.adjoint.op.composite.Softmax;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The softmax of each row of float scores, or its logarithm, by the library's primitive: some rows at a time are copied to native
/// memory, and their results back while they are in the cache. In place it takes longer where rows are no multiple of vectors.
///
/// The primitive leaves NaN where it is instead of spreading it over the row. So a result that is not finite is computed again
/// by the kernel that stands behind, which knows what absent scores mean, too.
final class SoftmaxRows implements Kernel {
    /// Shorter rows are left to the JVM: on rows of 64 the primitive takes 0.7 of its time with the copies, on rows of 10 more.
    private static final int SHORTEST = 64;

    /// Scores of a part: about 5 µs.
    private static final int PART = 1 << 14;

    private static final int SOFTMAX = 0x30000;
    private static final int LOG_SOFTMAX = 0x30001;

    /// Added to the bits of a magnitude, gives a negative number for infinities and NaN alone.
    private static final int ABOVE_FINITE = 0x0080_0000;

    private final Kernel exact;
    private final Workers workers;
    private final int rows;
    private final int length;
    private final int grain;
    private final Natives natives;
    private final Primitive whole;
    private final Primitive last;

    private SoftmaxRows(Dnnl dnnl, int algorithm, TensorType type, Kernel exact, Workers workers) {
        this.exact = exact;
        this.workers = workers;
        this.length = (int) type.dim(-1);
        this.rows = (int) (type.shape().count() / length);
        this.grain = Math.clamp(PART / length, 1, rows);
        this.natives = new Natives(this, dnnl);
        this.whole = primitive(dnnl, algorithm, grain);
        int rest = rows % grain;
        this.last = rest == 0 ? whole : primitive(dnnl, algorithm, rest);
    }

    /// Nothing where the JVM's kernel is faster, or the library has only its reference code.
    ///
    /// @param exact the kernel that stands behind
    static Optional<Kernel> of(Dnnl dnnl, Cluster cluster, Kernel exact, Workers workers) {
        TensorType type = cluster.outputTypes().getFirst();
        Optional<Integer> algorithm = algorithm(cluster.op(), type);
        if (algorithm.isEmpty() || type.dim(-1) < SHORTEST || !isFast(dnnl, algorithm.get(), type.dim(-1))) {
            return Optional.empty();
        }
        return Optional.of(new SoftmaxRows(dnnl, algorithm.get(), type, exact, workers));
    }

    /// How the library calls what an operator does to the last axis.
    private static Optional<Integer> algorithm(Op op, TensorType type) {
        int last = type.rank() - 1;
        return switch (op) {
            case Softmax(var axis) when type.shape().axis(axis) == last -> Optional.of(SOFTMAX);
            case MaskedSoftmax(var axis) when type.shape().axis(axis) == last -> Optional.of(SOFTMAX);
            case LogSoftmax(var axis) when type.shape().axis(axis) == last -> Optional.of(LOG_SOFTMAX);
            default -> Optional.empty();
        };
    }

    private static boolean isFast(Dnnl dnnl, int algorithm, long length) {
        MemorySegment matrix = dnnl.tensor(new long[] {1, length}, new long[] {length, 1});
        MemorySegment description = dnnl.softmax(algorithm, matrix);
        boolean isFast = dnnl.implementation(description).startsWith("jit");
        dnnl.destroy("dnnl_primitive_desc_destroy", description);
        dnnl.destroy("dnnl_memory_desc_destroy", matrix);
        return isFast;
    }

    private Primitive primitive(Dnnl dnnl, int algorithm, int count) {
        MemorySegment matrix = natives.own(
                "dnnl_memory_desc_destroy", dnnl.tensor(new long[] {count, length}, new long[] {length, 1}));
        List<Argument> arguments = List.of(new Argument(Dnnl.SOURCE, matrix), new Argument(Dnnl.DESTINATION, matrix));
        return new Primitive(dnnl, dnnl.softmax(algorithm, matrix), arguments);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] x = inputs[0].floats();
        float[] y = outputs[0].floats();
        AtomicBoolean isFinite = new AtomicBoolean(true);
        workers.run(Math.ceilDiv(rows, grain), part -> {
            int from = part * grain * length;
            int count = Math.min(grain * length, rows * length - from);
            MemorySegment numbers = Scratch.SHARED.borrow((long) grain * length);
            MemorySegment scores = Scratch.SHARED.borrow((long) grain * length);
            Scratch.copy(x, from, scores, 0, count);
            (count == grain * length ? whole : last).run(scores, numbers);
            Scratch.SHARED.giveBack(scores);
            if (!isFinite(numbers, count)) {
                isFinite.set(false);
            }
            Scratch.copy(numbers, 0, y, from, count);
            Scratch.SHARED.giveBack(numbers);
        });
        if (!isFinite.get()) {
            Guarded.runExact(exact, inputs, outputs);
        }
    }

    private static boolean isFinite(MemorySegment numbers, int count) {
        int unfit = 0;
        for (int i = 0; i < count; i++) {
            unfit |= (numbers.getAtIndex(ValueLayout.JAVA_INT, i) & Integer.MAX_VALUE) + ABOVE_FINITE;
        }
        return unfit >= 0;
    }
}
