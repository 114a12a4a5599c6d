package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Contraction;
import dev.adjoint.op.Control;
import dev.adjoint.op.CustomOp;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Indexing;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Reduction;
import dev.adjoint.op.Source;
import dev.adjoint.op.composite.Attention;
import dev.adjoint.op.composite.AttentionGradient;
import dev.adjoint.op.composite.CrossEntropy;
import dev.adjoint.op.composite.CumMax;
import dev.adjoint.op.composite.CumMin;
import dev.adjoint.op.composite.CumProd;
import dev.adjoint.op.composite.CumSum;
import dev.adjoint.op.composite.LayerNorm;
import dev.adjoint.op.composite.LayerNormGradient;
import dev.adjoint.op.composite.LogCumSumExp;
import dev.adjoint.op.composite.LogSoftmax;
import dev.adjoint.op.composite.LogSumExp;
import dev.adjoint.op.composite.MaskedSoftmax;
import dev.adjoint.op.composite.MaxPool;
import dev.adjoint.op.composite.MaxPoolGradient;
import dev.adjoint.op.composite.Median;
import dev.adjoint.op.composite.Softmax;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.indexing.Gather;
import dev.adjoint.op.indexing.Scatter;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Fold;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.op.reduction.Max;
import dev.adjoint.op.reduction.Min;
import dev.adjoint.op.reduction.Sum;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.NumericFunction;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// The fast kernels that need nothing but the JVM: elementwise operators on all types, movements on all types,
/// reductions and contractions on floating types, and the composites whose expansion would go through memory several
/// times.
public final class JvmKernels implements KernelProvider {
    /// Holds nothing; made by the service loader.
    public JvmKernels() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Optional<Kernel> kernel(Cluster cluster, Workers workers) {
        List<Value> calls = cluster.graph().calls();
        if (calls.stream().allMatch(call -> call.op() instanceof Elementwise || isView(call))
                && calls.getLast().op() instanceof Elementwise) {
            return ElementwiseKernel.of(cluster, workers);
        }
        if (calls.getLast().op() instanceof Attention || calls.getLast().op() instanceof AttentionGradient) {
            return AttentionKernels.of(cluster, workers);
        }
        if (calls.getLast().op() instanceof Scatter) {
            return ScatterKernel.of(cluster);
        }
        if (cluster.isSingle() && cluster.op() instanceof Gather gather) {
            return Optional.of(new GatherKernel(gather, cluster.inputTypes()));
        }
        Optional<Kernel> sums = SumKernel.of(cluster, workers);
        if (sums.isPresent() || !cluster.isSingle()) {
            return sums;
        }
        List<TensorType> in = cluster.inputTypes();
        TensorType out = cluster.outputTypes().getFirst();
        boolean half = in.stream().anyMatch(type -> Widened.isHalf(type.dtype()));
        boolean anyType = cluster.op() instanceof Elementwise || cluster.op() instanceof Factorization;
        if (half && !anyType) {
            return Widened.of(cluster, this, workers);
        }
        return switch (cluster.op()) {
            case Elementwise _ -> ElementwiseKernel.of(cluster, workers);
            case Movement op -> Optional.of(movement(op, in, out, workers));
            case Reduction op when out.dtype().isFloating() -> Optional.of(reduction(op, in.getFirst(), workers));
            case Contraction op when out.dtype().isFloating() -> contraction(op, in, out, workers);
            case Composite op -> composite(op, in, out, workers);
            case Factorization op -> Optional.of(new FactorizationKernel(op, in, cluster.outputTypes(), workers));
            case Reduction _, Contraction _, Indexing _, Source _, CustomOp _, Control _ -> Optional.empty();
        };
    }

    @Override
    public Optional<NumericFunction> numeric(Graph graph) {
        return ScalarCode.of(graph);
    }

    /// Whether a call only reads elsewhere.
    private static boolean isView(Value call) {
        return (call.op() instanceof Permute || call.op() instanceof Broadcast)
                && call.input(0).isInput();
    }

    private static Kernel movement(Movement op, List<TensorType> in, TensorType out, Workers workers) {
        return op instanceof Fold
                ? new FoldKernel(op.regions(in), out)
                : new MovementKernel(op.regions(in), op.fill(), out, workers);
    }

    private static Kernel reduction(Reduction op, TensorType in, Workers workers) {
        Combining combining = switch (op) {
            case Sum _ -> Combining.SUM;
            case Max _ -> Combining.MAX;
            case Min _ -> Combining.MIN;
        };
        return new ReductionKernel(op, combining, in, workers);
    }

    private static Optional<Kernel> contraction(Contraction op, List<TensorType> in, TensorType out, Workers workers) {
        TensorType x = in.get(0);
        TensorType y = in.get(1);
        DType dtype = out.dtype();
        return switch (op) {
            case MatMul _ -> Optional.of(new MatMulKernel(x, y, out.shape(), workers));
            case Convolution(var window, var groups) ->
                sizes(window, groups, x, y).map(s -> new ForwardConvolution(dtype, s, workers));
            case ConvolutionInput(var window, var groups, var _) ->
                sizes(window, groups, out, y).map(s -> new BackwardInput(dtype, s, workers));
            case ConvolutionKernel(var window, var groups, var _) ->
                sizes(window, groups, x, out).map(s -> new BackwardWeights(dtype, s, workers));
        };
    }

    /// Nothing for convolutions without spatial axes or without elements.
    private static Optional<ConvolutionSizes> sizes(Window window, long groups, TensorType x, TensorType w) {
        return window.rank() == 0 || x.shape().count() == 0 || w.shape().count() == 0
                ? Optional.empty()
                : Optional.of(ConvolutionSizes.of(window, groups, x.shape(), w.shape()));
    }

    private static Optional<Kernel> composite(Composite op, List<TensorType> in, TensorType out, Workers workers) {
        TensorType x = in.getFirst();
        return switch (op) {
            case Softmax(var axis) when isRows(axis, x) -> Optional.of(rows(x, RowFormula.SOFTMAX, workers));
            case MaskedSoftmax(var axis)
            when isRows(axis, x) -> Optional.of(rows(x, RowFormula.MASKED_SOFTMAX, workers));
            case LogSoftmax(var axis) when isRows(axis, x) -> Optional.of(rows(x, RowFormula.LOG_SOFTMAX, workers));
            case LogSumExp(var axes)
            when x.rank() > 0 && isRows(-1, x) && axes.in(x.shape()).equals(List.of(x.rank() - 1)) ->
                Optional.of(rows(x, RowFormula.LOG_SUM_EXP, workers));
            case CrossEntropy _ when isRows(-1, x) -> Optional.of(rows(x, RowFormula.CROSS_ENTROPY, workers));
            case LayerNorm(var epsilon)
            when isLong(in) -> Optional.of(new LayerNormKernel(rowCount(in), length(in), epsilon, workers));
            case LayerNormGradient(var epsilon)
            when isLong(in) -> Optional.of(new LayerNormGradientKernel(rowCount(in), length(in), epsilon, workers));
            case CumSum(var axis) when isFloats(x) -> running(x, Running.SUM, axis, workers);
            case CumProd(var axis) when isFloats(x) -> running(x, Running.PRODUCT, axis, workers);
            case CumMax(var axis) when isFloats(x) -> running(x, Running.MAX, axis, workers);
            case CumMin(var axis) when isFloats(x) -> running(x, Running.MIN, axis, workers);
            case LogCumSumExp(var axis) when isFloats(x) -> running(x, Running.LOG_SUM_EXP, axis, workers);
            case Median(var axes) when isFloats(x) && isTrailing(axes, x) -> Optional.of(median(x, axes, workers));
            case MaxPool(var window, var taps)
            when window.rank() > 0 && out.shape().count() > 0 -> Optional.of(maxPool(x, window, taps, workers));
            case MaxPoolGradient(var window, var taps)
            when window.rank() > 0 && x.shape().count() > 0 -> Optional.of(maxPoolGradient(x, window, taps, workers));
            default -> Optional.empty();
        };
    }

    private static boolean isRows(int axis, TensorType x) {
        return x.dtype() == DType.F32 && x.shape().axis(axis) == x.rank() - 1;
    }

    private static Kernel rows(TensorType x, RowFormula formula, Workers workers) {
        int rows = (int) x.shape().leading(1).count();
        return new RowKernel(rows, (int) x.dim(-1), formula, workers);
    }

    /// Whether there are rows, and so long that a kernel beats the expansion.
    private static boolean isLong(List<TensorType> in) {
        return isFloats(in.getFirst())
                && in.getFirst().shape().count() > 0
                && in.get(1).shape().count() >= StandardizedRows.SHORTEST;
    }

    /// The elements of a row that has a weight for each.
    private static int length(List<TensorType> in) {
        return (int) in.get(1).shape().count();
    }

    private static int rowCount(List<TensorType> in) {
        return (int) (in.getFirst().shape().count() / in.get(1).shape().count());
    }

    private static boolean isFloats(TensorType x) {
        return x.dtype() == DType.F32;
    }

    private static Optional<Kernel> running(TensorType x, Running running, int axis, Workers workers) {
        return Optional.of(new RunningKernel(running, x.shape(), x.shape().axis(axis), workers));
    }

    /// Whether the elements of a result lie side by side.
    private static boolean isTrailing(Axes axes, TensorType x) {
        List<Integer> joined = axes.in(x.shape());
        return joined.isEmpty() || joined.getFirst() == x.rank() - joined.size();
    }

    private static Kernel median(TensorType x, Axes axes, Workers workers) {
        int length = (int) axes.size(x.shape());
        return new MedianKernel((int) x.shape().count() / length, length, workers);
    }

    private static Kernel maxPool(TensorType x, Window window, Shape taps, Workers workers) {
        int planes = (int) x.shape().leading(taps.rank()).count();
        Windows windows = new Windows(window, x.shape().trailing(taps.rank()), taps);
        if (x.dtype() != DType.F32) {
            return new DoubleMaxPool(planes, windows, workers);
        }
        Shape spatial = x.shape().trailing(taps.rank());
        return TwoByTwoGradient.fits(window, taps, spatial) && TwoByTwoMaxPool.fits(spatial)
                ? new TwoByTwoMaxPool(planes, spatial, workers)
                : new FloatMaxPool(planes, windows, workers);
    }

    private static Kernel maxPoolGradient(TensorType x, Window window, Shape taps, Workers workers) {
        int planes = (int) x.shape().leading(taps.rank()).count();
        Windows windows = new Windows(window, x.shape().trailing(taps.rank()), taps);
        if (x.dtype() != DType.F32) {
            return new DoubleMaxPoolGradient(planes, windows, workers);
        }
        FloatMaxPoolGradient general = new FloatMaxPoolGradient(planes, windows, workers);
        return TwoByTwoGradient.fits(window, taps, x.shape().trailing(taps.rank()))
                ? new TwoByTwoGradient(general, planes, x.shape().trailing(2), workers)
                : general;
    }
}
