package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.op.Op;
import dev.adjoint.op.composite.GruSequence;
import dev.adjoint.op.composite.GruSequenceGradient;
import dev.adjoint.op.composite.LstmSequence;
import dev.adjoint.op.composite.LstmSequenceGradient;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Kernels of recurrent networks over time and of their reverse rules.
final class SequenceKernels {
    private SequenceKernels() {}

    static boolean isSequence(Op op) {
        return op instanceof LstmSequence
                || op instanceof LstmSequenceGradient
                || op instanceof GruSequence
                || op instanceof GruSequenceGradient;
    }

    /// A kernel, or nothing where cotangents of the gates come in, or the library has no fast product.
    static Optional<Kernel> of(Cluster cluster, Gemm gemm, Workers workers) {
        List<TensorType> operands = cluster.inputTypes();
        TensorType x = operands.getFirst();
        try {
            return switch (cluster.op()) {
                case LstmSequence _ ->
                    Optional.of(new SequenceKernel(gemm, forward(cluster), new LstmCells(), workers));
                case GruSequence _ -> Optional.of(new SequenceKernel(gemm, forward(cluster), new GruCells(), workers));
                case LstmSequenceGradient _
                when operands.size() <= 10 ->
                    Optional.of(new SequenceGradientKernel(
                            gemm, Sequences.of(x, operands.get(5)), new LstmCells(), workers));
                case GruSequenceGradient _
                when operands.size() <= 7 ->
                    Optional.of(new SequenceGradientKernel(
                            gemm, Sequences.of(x, operands.get(4)), new GruCells(), workers));
                default -> Optional.empty();
            };
        } catch (IllegalStateException refused) {
            return Optional.empty();
        }
    }

    private static Sequences forward(Cluster cluster) {
        return Sequences.of(
                cluster.inputTypes().getFirst(), cluster.outputTypes().getFirst());
    }
}
