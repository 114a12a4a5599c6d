package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.onednn.NativeRows.Form;
import dev.adjoint.op.Op;
import dev.adjoint.op.composite.LayerNormGradient;
import dev.adjoint.op.composite.LogSoftmax;
import dev.adjoint.op.composite.MaskedSoftmax;
import dev.adjoint.op.composite.Softmax;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Which operators on rows of floats the library's primitives compute, and from which length of rows on.
///
/// @param dnnl the library
/// @param workers the threads
record RowPrimitives(Dnnl dnnl, Workers workers) {
    /// Shorter rows are left to the JVM: on rows of 64 a softmax takes 0.8 of its time with the copies, on rows of 10 more.
    private static final int SHORTEST = 64;

    /// Elements below which the two copies and the call are not worth it.
    private static final int FEWEST = 1 << 10;

    private static final int SOFTMAX = 0x30000;
    private static final int LOG_SOFTMAX = 0x30001;

    /// Softmax, its logarithm, or a normalisation of rows and its reverse rule; nothing where the JVM is faster.
    ///
    /// @param exact what computes softmax of scores that are not finite: the primitive leaves NaN where it is instead of
    ///     spreading it over the row, and knows no absent scores
    Optional<Kernel> kernel(Cluster cluster, Optional<Kernel> exact) {
        TensorType type = cluster.outputTypes().getFirst();
        if (type.shape().count() < FEWEST) {
            return Optional.empty();
        }
        Optional<Normalisation> normalisation = Normalisation.of(cluster.op());
        if (normalisation.isPresent()) {
            return normalised(normalisation.get(), cluster);
        }
        return exact.flatMap(behind -> algorithm(cluster.op(), type)
                .map(algorithm -> new Form(matrix -> dnnl.softmax(algorithm, matrix), List.of()))
                .flatMap(form -> rows(form, type, type.dim(-1)))
                .map(fast -> new GuardedResult(fast, behind, workers)));
    }

    private Optional<Kernel> normalised(Normalisation normalisation, Cluster cluster) {
        TensorType type = cluster.outputTypes().getFirst();
        int length = (int) cluster.inputTypes().get(1).shape().count();
        Form form = new Form(matrix -> dnnl.normalisation(normalisation, matrix), normalisation.weights());
        Optional<Kernel> forward = rows(form, type, length);
        return forward.map(kernel -> cluster.op() instanceof LayerNormGradient
                ? new NativeNormGradient(dnnl, normalisation, type, length, workers)
                : kernel);
    }

    private Optional<Kernel> rows(Form form, TensorType type, long length) {
        return length >= SHORTEST && form.isFast(dnnl, length)
                ? Optional.of(new NativeRows(dnnl, form, type, (int) length, workers))
                : Optional.empty();
    }

    /// How the library calls what an operator does to the last axis.
    private static Optional<Integer> algorithm(Op op, TensorType type) {
        return switch (op) {
            case Softmax(var axis) when isLast(axis, type) -> Optional.of(SOFTMAX);
            case MaskedSoftmax(var axis) when isLast(axis, type) -> Optional.of(SOFTMAX);
            case LogSoftmax(var axis) when isLast(axis, type) -> Optional.of(LOG_SOFTMAX);
            default -> Optional.empty();
        };
    }

    private static boolean isLast(int axis, TensorType type) {
        return type.shape().axis(axis) == type.rank() - 1;
    }
}
