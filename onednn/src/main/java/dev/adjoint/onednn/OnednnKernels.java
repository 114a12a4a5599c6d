package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.jvm.AttentionKernels;
import dev.adjoint.jvm.JvmKernels;
import dev.adjoint.op.composite.Attention;
import dev.adjoint.op.composite.AttentionGradient;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Matrix products, attention and convolutions of float32 by oneDNN. Products read transposed operands where they are.
public final class OnednnKernels implements KernelProvider {
    private static final System.Logger LOG = System.getLogger(OnednnKernels.class.getName());
    private static final int MOST_SPATIAL_AXES = 3;

    private static final class Holder {
        static final Optional<Dnnl> DNNL = NativeLibrary.installed().symbols().map(Dnnl::new);
    }

    /// Holds nothing; made by the service loader.
    public OnednnKernels() {}

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public int priority() {
        return 20;
    }

    @Override
    public Optional<Kernel> kernel(Cluster cluster, Workers workers) {
        Value last = cluster.graph().outputs().getFirst();
        boolean isAttention = last.op() instanceof Attention || last.op() instanceof AttentionGradient;
        boolean mine = (cluster.graph().outputs().size() == 1 || isAttention)
                && last.dtype() == DType.F32
                && last.shape().count() > 0
                && last.inputs().stream().allMatch(operand -> operand.shape().count() > 0);
        return mine ? kernel(cluster, last, workers) : Optional.empty();
    }

    private static Optional<Kernel> kernel(Cluster cluster, Value last, Workers workers) {
        if (last.op() instanceof MatMul) {
            return Holder.DNNL.flatMap(dnnl -> MatrixProduct.of(cluster, new Gemm(dnnl), workers));
        }
        if (last.op() instanceof Attention || last.op() instanceof AttentionGradient) {
            return Holder.DNNL.flatMap(dnnl -> {
                NativeBlocks blocks = new NativeBlocks(new Gemm(dnnl));
                return AttentionKernels.of(cluster, () -> blocks, workers);
            });
        }
        return cluster.isSingle() ? convolution(cluster, workers) : Optional.empty();
    }

    private static Optional<Kernel> convolution(Cluster cluster, Workers workers) {
        List<TensorType> in = cluster.inputTypes();
        TensorType out = cluster.outputTypes().getFirst();
        return switch (cluster.op()) {
            case Convolution(var window, var groups) ->
                of(
                        cluster,
                        Direction.FORWARD,
                        new Images(window, groups, in.get(0).shape(), in.get(1).shape()),
                        workers);
            case ConvolutionInput(var window, var groups, var _) ->
                of(
                        cluster,
                        Direction.INPUT,
                        new Images(window, groups, out.shape(), in.get(1).shape()),
                        workers);
            case ConvolutionKernel(var window, var groups, var _) ->
                of(
                        cluster,
                        Direction.WEIGHTS,
                        new Images(window, groups, in.get(0).shape(), out.shape()),
                        workers);
            default -> Optional.empty();
        };
    }

    /// The library's primitive; nothing where it has none, or where the JVM's kernel declines, which stands behind it.
    private static Optional<Kernel> of(Cluster cluster, Direction direction, Images images, Workers workers) {
        int rank = images.window().rank();
        Optional<Kernel> exact = new JvmKernels().kernel(cluster, workers);
        if (rank < 1 || rank > MOST_SPATIAL_AXES || exact.isEmpty() || Holder.DNNL.isEmpty()) {
            return Optional.empty();
        }
        try {
            Dnnl dnnl = Holder.DNNL.get();
            Kernel fast = ChannelwiseConvolution.fits(direction, images)
                    ? ChannelwiseConvolution.of(dnnl, direction, images, workers)
                    : BatchedConvolution.of(dnnl, direction, images, workers);
            return Optional.of(images.isPadded() ? new Guarded(fast, exact.get(), 1, workers) : fast);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", cluster, e.getMessage());
            return Optional.empty();
        }
    }
}
