package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
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

/// Matrix products and convolutions of float32 by oneDNN. Products read transposed operands where they are.
public final class OnednnKernels implements KernelProvider {
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
        return cluster.isSingle() ? convolution(cluster, workers) : Optional.empty();
    }

    private static Optional<Kernel> convolution(Cluster cluster, Workers workers) {
        List<TensorType> in = cluster.inputTypes();
        TensorType out = cluster.outputTypes().getFirst();
        return switch (cluster.op()) {
            case Convolution(var window, var groups) ->
                of(new Images(window, groups, in.get(0).shape(), in.get(1).shape()))
                        .map(at -> new ForwardConvolution(at.images, at.gemm, workers));
            case ConvolutionInput(var window, var groups, var _) ->
                of(new Images(window, groups, out.shape(), in.get(1).shape()))
                        .map(at -> FlippedConvolution.applies(at.images)
                                ? FlippedConvolution.of(at.images, at.gemm, workers)
                                : new BackwardInput(at.images, at.gemm, workers));
            case ConvolutionKernel(var window, var groups, var _) ->
                of(new Images(window, groups, in.get(0).shape(), out.shape()))
                        .map(at -> new BackwardWeights(at.images, at.gemm, workers));
            default -> Optional.empty();
        };
    }

    private record Ready(Images images, Gemm gemm) {}

    private static Optional<Ready> of(Images images) {
        return images.window().rank() == 0
                ? Optional.empty()
                : Holder.DNNL.map(dnnl -> new Ready(images, new Gemm(dnnl)));
    }
}
