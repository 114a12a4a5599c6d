package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.op.composite.Attention;
import dev.adjoint.op.composite.AttentionGradient;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// Kernels of attention and of its reverse rule, on whichever products of small matrices a provider has.
public final class AttentionKernels {
    private AttentionKernels() {}

    /// A kernel, or nothing where the cluster is no attention, or its operands are not of float32 or float64 with rows that lie
    /// together.
    ///
    /// @param blocks products for one thread
    public static <M> Optional<Kernel> of(Cluster cluster, Supplier<Blocks<M>> blocks, Workers workers) {
        return switch (cluster.op()) {
            case Attention op ->
                AttentionForm.of(cluster, op, AttentionKernel.WHOLE_KEYS)
                        .map(form -> new AttentionKernel<>(form, blocks, workers));
            case AttentionGradient(var scale, var masking) ->
                AttentionForm.of(cluster, new Attention(scale, masking), AttentionGradientKernel.WHOLE_KEYS)
                        .map(form -> new AttentionGradientKernel<>(form, blocks, workers));
            default -> Optional.empty();
        };
    }

    /// The kernel on products of the JVM.
    static Optional<Kernel> of(Cluster cluster, Workers workers) {
        int longest = cluster.graph().outputs().getFirst().inputs().stream()
                .flatMapToLong(operand -> Arrays.stream(operand.shape().dims()))
                .mapToInt(extent -> (int) extent)
                .max()
                .orElse(1);
        DType dtype = cluster.outputTypes().getFirst().dtype();
        return of(cluster, () -> new ArrayBlocks(dtype, longest), workers);
    }
}
