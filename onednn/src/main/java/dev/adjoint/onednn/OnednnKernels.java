package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.compile.Epilogue;
import dev.adjoint.graph.Value;
import dev.adjoint.jvm.AttentionKernels;
import dev.adjoint.jvm.JvmKernels;
import dev.adjoint.jvm.SmallProduct;
import dev.adjoint.jvm.Widened;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Contraction;
import dev.adjoint.op.composite.Attention;
import dev.adjoint.op.composite.AttentionGradient;
import dev.adjoint.op.composite.LayerNormGradient;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import java.util.Optional;

/// Matrix products by oneDNN of float32, bfloat16 and binary16, and of float32 convolutions, attention, recurrent networks,
/// softmax and normalisations of rows. Products read transposed operands where they are, and take a bias along; sums of 16-bit
/// numbers are of float32 and rounded once.
public final class OnednnKernels implements KernelProvider {
    private static final System.Logger LOG = System.getLogger(OnednnKernels.class.getName());
    private static final int MOST_SPATIAL_AXES = 3;

    private static final class Holder {
        static final Optional<Dnnl> DNNL = NativeLibrary.installed().symbols().map(Dnnl::new);
    }

    private final SharedConvolutions convolutions = new SharedConvolutions();

    /// Made by the service loader.
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
        Value output = cluster.graph().outputs().getFirst();
        Optional<Epilogue> epilogue = Epilogue.of(cluster);
        Value last = epilogue.map(Epilogue::product).orElse(output);
        boolean mine = (cluster.graph().outputs().size() == 1
                        || isAttention(last)
                        || last.op() instanceof LayerNormGradient
                        || SequenceKernels.isSequence(last.op()))
                && (epilogue.isEmpty() || last.dtype() == DType.F32)
                && last.shape().count() > 0
                && last.inputs().stream().allMatch(operand -> operand.shape().count() > 0);
        return mine ? kernel(cluster, last, workers) : Optional.empty();
    }

    private Optional<Kernel> kernel(Cluster cluster, Value last, Workers workers) {
        if (last.op() instanceof Composite) {
            return last.dtype() == DType.F32 ? composite(cluster, last, workers) : Optional.empty();
        }
        boolean product = last.op() instanceof MatMul;
        return switch (last.dtype()) {
            case F32 -> {
                if (!product) {
                    yield convolution(cluster, workers);
                }
                yield isSmall(last) ? Optional.empty() : product(cluster, Numbers.FLOAT32, workers);
            }
            case BF16 -> {
                Optional<Kernel> own = product ? product(cluster, Numbers.BFLOAT16, workers) : Optional.empty();
                yield own.or(() -> widened(cluster, workers));
            }
            case F16 -> widened(cluster, workers);
            case F64, I8, U8, I32, I64, BOOL -> Optional.empty();
        };
    }

    private static Optional<Kernel> composite(Cluster cluster, Value last, Workers workers) {
        if (isAttention(last)) {
            return attention(cluster, workers);
        }
        if (SequenceKernels.isSequence(last.op())) {
            return sequence(cluster, workers);
        }
        return cluster.isSingle() ? rows(cluster, workers) : Optional.empty();
    }

    /// Products that share their right factor are one.
    private static boolean isSmall(Value product) {
        boolean isOne = product.input(1).shape().leading(2).count() == 1;
        long rows = isOne ? product.shape().leading(1).count() : product.dim(-2);
        return SmallProduct.isBest(rows, product.dim(-1), product.input(0).dim(-1));
    }

    private static boolean isAttention(Value call) {
        return call.op() instanceof Attention || call.op() instanceof AttentionGradient;
    }

    private static Optional<Kernel> attention(Cluster cluster, Workers workers) {
        return Holder.DNNL.flatMap(dnnl -> {
            NativeBlocks blocks = new NativeBlocks(new Gemm(dnnl, Numbers.FLOAT32));
            return AttentionKernels.of(cluster, () -> blocks, workers);
        });
    }

    private static Optional<Kernel> rows(Cluster cluster, Workers workers) {
        Optional<Kernel> exact = new JvmKernels().kernel(cluster, workers);
        return Holder.DNNL.flatMap(dnnl -> new RowPrimitives(dnnl, workers).kernel(cluster, exact));
    }

    private static Optional<Kernel> sequence(Cluster cluster, Workers workers) {
        return Holder.DNNL.flatMap(dnnl -> SequenceKernels.of(cluster, new Gemm(dnnl, Numbers.FLOAT32), workers));
    }

    /// Numbers of 16 bits that the library does not multiply on this processor: as floats.
    private Optional<Kernel> widened(Cluster cluster, Workers workers) {
        return cluster.isSingle() && cluster.op() instanceof Contraction
                ? Widened.of(cluster, this, workers)
                : Optional.empty();
    }

    private static Optional<Kernel> product(Cluster cluster, Numbers numbers, Workers workers) {
        return Holder.DNNL.flatMap(dnnl -> MatrixProduct.of(cluster, new Gemm(dnnl, numbers), workers));
    }

    private Optional<Kernel> convolution(Cluster cluster, Workers workers) {
        return ConvolutionCluster.of(cluster)
                .flatMap(convolution -> convolutions
                        .of(convolution, workers, () -> of(convolution, workers))
                        .map(kernel -> convolution.reading(cluster, kernel)));
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
        boolean isSplit = ChannelwiseConvolution.fits(direction, images);
        try {
            Dnnl dnnl = Holder.DNNL.get();
            Optional<Kernel> lanes = ImageLanes.kernel(dnnl, direction, images, workers);
            boolean keepsEpilogue = lanes.isEmpty() && !isSplit && !WinogradConvolution.isFaster(convolution);
            if (convolution.epilogue().isPresent() && !keepsEpilogue) {
                return Optional.empty();
            }
            if (lanes.isPresent()) { // they have zeros around their rows, padded or not
                return lanes.map(kernel -> guarded(convolution, kernel, exact.get(), workers));
            }
            Kernel fast = isSplit
                    ? ChannelwiseConvolution.of(dnnl, direction, images, workers)
                    : BatchedConvolution.of(dnnl, convolution, workers);
            Kernel sure = isSpread(convolution) ? new GuardedResult(fast, exact.get(), workers) : fast;
            Kernel direct = images.isPadded() ? guarded(convolution, sure, exact.get(), workers) : sure;
            return Optional.of(WinogradConvolution.of(dnnl, convolution, direct, workers));
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", convolution.call(), e.getMessage());
            return Optional.empty();
        }
    }

    /// Whether the library multiplies numbers with zeros that nobody stated: a gradient by images puts them between the cotangents of
    /// a strided window, and what is not finite would show where it does not belong.
    private static boolean isSpread(ConvolutionCluster convolution) {
        return convolution.direction() == Direction.INPUT
                && convolution.images().isStrided();
    }

    /// Padding is multiplied with the operand on the right: it has to be finite. What is not shows in a gradient by the weights,
    /// too, which has fewer numbers.
    private static Kernel guarded(ConvolutionCluster convolution, Kernel fast, Kernel exact, Workers workers) {
        boolean shows = convolution.direction() == Direction.WEIGHTS
                && convolution.images().meetsElementsEverywhere();
        return shows ? new GuardedResult(fast, exact, workers) : new Guarded(fast, exact, 1, workers);
    }
}
