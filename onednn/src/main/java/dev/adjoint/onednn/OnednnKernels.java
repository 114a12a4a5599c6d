package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import java.util.Optional;

/// Matrix products and convolutions of float32 by oneDNN. Products read transposed operands where they are.
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
        boolean mine = cluster.graph().outputs().size() == 1
                && last.dtype() == DType.F32
                && last.shape().count() > 0
                && last.inputs().stream().allMatch(operand -> operand.shape().count() > 0);
        return mine ? kernel(cluster, last, workers) : Optional.empty();
    }

    private static Optional<Kernel> kernel(Cluster cluster, Value last, Workers workers) {
        if (last.op() instanceof MatMul) {
            return Holder.DNNL.flatMap(dnnl -> MatrixProduct.of(cluster, new Gemm(dnnl), workers));
        }
        return ConvolutionCluster.of(cluster).flatMap(convolution -> of(convolution, workers));
    }

    /// The library's primitive; nothing where it has none, or where the JVM's kernel declines, which stands behind it.
    private static Optional<Kernel> of(ConvolutionCluster convolution, Workers workers) {
        Images images = convolution.images();
        Direction direction = convolution.direction();
        int rank = images.window().rank();
        Optional<Kernel> exact = convolution.exact(workers);
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
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", convolution.call(), e.getMessage());
            return Optional.empty();
        }
    }
}
