package dev.adjoint.onednn;

import dev.adjoint.onednn.Primitive.Argument;
import dev.adjoint.run.Pool;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/// The two primitives that make the cotangents of some rows before their normalisation, and where in one piece of native memory
/// their numbers are: the rows, their cotangents, the result, the statistics, and the sums over rows.
final class NormBlock {
    /// How the primitives call the sums over rows: the cotangents of γ and β.
    static final List<Integer> SUMS = List.of(Dnnl.SCALE_GRADIENT, Dnnl.SHIFT_GRADIENT);

    private final int rows;
    private final int length;
    private final Natives natives;
    private final Primitive forward;
    private final Primitive backward;
    private final Pool<Addresses> idle = new Pool<>(Addresses::new);

    NormBlock(Dnnl dnnl, Normalisation normalisation, int rows, int length) {
        this.rows = rows;
        this.length = length;
        this.natives = new Natives(this, dnnl);
        MemorySegment matrix = own(dnnl.tensor(new long[] {rows, length}, new long[] {length, 1}));
        MemorySegment statistics = own(dnnl.tensor(new long[] {rows}, new long[] {1}));
        MemorySegment weight = own(dnnl.tensor(new long[] {length}, new long[] {1}));
        MemorySegment forwards = dnnl.statistics(normalisation.plain(), matrix, statistics);
        MemorySegment backwards = dnnl.normalisationGradient(normalisation, matrix, statistics, forwards);
        List<Argument> made = List.of(
                new Argument(Dnnl.SOURCE, matrix),
                new Argument(Dnnl.MEAN, statistics),
                new Argument(Dnnl.VARIANCE, statistics));
        List<Argument> ofForward = new ArrayList<>(made);
        ofForward.add(new Argument(Dnnl.DESTINATION, matrix));
        List<Argument> ofBackward = new ArrayList<>(made);
        ofBackward.add(new Argument(Dnnl.SOURCE_GRADIENT, matrix));
        ofBackward.add(new Argument(Dnnl.DESTINATION_GRADIENT, matrix));
        ofBackward.add(new Argument(Dnnl.SCALE, weight));
        SUMS.forEach(name -> ofBackward.add(new Argument(name, weight)));
        this.forward = new Primitive(dnnl, forwards, ofForward);
        this.backward = new Primitive(dnnl, backwards, ofBackward);
    }

    private MemorySegment own(MemorySegment tensor) {
        return natives.own("dnnl_memory_desc_destroy", tensor);
    }

    /// Floats of the piece.
    long size() {
        return sums(SUMS.size());
    }

    /// Where the rows begin.
    long x() {
        return 0;
    }

    /// Where the cotangents of the normalised rows begin.
    long cotangent() {
        return Scratch.lines((long) rows * length);
    }

    /// Where the cotangents of the rows are made; before that the normalised rows, which nobody reads.
    long gradient() {
        return 2 * cotangent();
    }

    private long mean() {
        return 3 * cotangent();
    }

    private long variance() {
        return mean() + Scratch.lines(rows);
    }

    /// Where the sums over rows begin that are the cotangent of one of the weights.
    long sums(int index) {
        return variance() + Scratch.lines(rows) + index * Scratch.lines(length);
    }

    /// Makes the cotangents of the rows in a piece, and the sums.
    void run(MemorySegment piece, MemorySegment weight) {
        Addresses addresses = idle.borrow();
        addresses.set(piece.address(), weight.address());
        try {
            forward.run(addresses.forward);
            backward.run(addresses.backward);
        } finally {
            Reference.reachabilityFence(piece);
            Reference.reachabilityFence(weight);
        }
        idle.giveBack(addresses);
    }

    /// Where the arguments of the primitives are.
    private final class Addresses {
        final long[] forward = new long[4];
        final long[] backward = new long[6 + SUMS.size()];

        void set(long piece, long weight) {
            forward[0] = piece + x() * Float.BYTES;
            forward[1] = piece + mean() * Float.BYTES;
            forward[2] = piece + variance() * Float.BYTES;
            forward[3] = piece + gradient() * Float.BYTES;
            System.arraycopy(forward, 0, backward, 0, 4);
            backward[4] = piece + cotangent() * Float.BYTES;
            backward[5] = weight;
            for (int i = 0; i < SUMS.size(); i++) {
                backward[6 + i] = piece + sums(i) * Float.BYTES;
            }
        }
    }
}
