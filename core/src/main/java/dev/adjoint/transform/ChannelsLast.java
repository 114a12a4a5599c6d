package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Reduction;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Keeps images with their channels last, `[images,spatial…,channels]`, from one convolution to the next, where a kernel
/// likes them so: what stands between them, elementwise operators and reductions, is computed on the images as they lie.
///
/// An image that is wanted as the operator defines it, `[images,channels,spatial…]`, is a permutation of one that has been
/// computed with the channels last. A graph in which too many of those remain stays as it was.
///
/// Elementwise operators and convolutions keep their bits; sums run over the same numbers in another order.
///
/// @param liked whether a kernel writes the operand of a permutation, a convolution, as the permutation wants it
public record ChannelsLast(Predicate<Value> liked) implements Transform {
    /// Operations of convolutions that pay for moving one element: a convolution gains a tenth, which is a tenth of 4 ps an
    /// operation, and moving takes 1.2 ns.
    private static final double OPERATIONS_PER_MOVED_ELEMENT = 3000;

    @Override
    public Graph apply(Graph graph) {
        if (graph.values().stream().noneMatch(value -> isConvolution(value) && liked.test(last(value)))) {
            return graph;
        }
        Graph rewritten = Rewrite.apply(graph, this::rewrite);
        return moved(rewritten) * OPERATIONS_PER_MOVED_ELEMENT <= operations(rewritten) ? rewritten : graph;
    }

    private List<Value> rewrite(Call call, List<Value> operands) {
        List<Value> kept = Rewrite.keep(call, operands);
        if (kept.size() != 1) {
            return kept;
        }
        Value value = kept.getFirst();
        return List.of(
                switch (value.op()) {
                    case Convolution _, ConvolutionInput _ when liked.test(last(value)) -> first(last(value));
                    case Permute _
                    when isMovedLast(value) && isLast(value.input(0)) ->
                        value.input(0).input(0);
                    case Elementwise _ when isComputedLast(value) -> elementwise(value);
                    case Reduction reduction when isLast(value.input(0)) -> reduced(value, reduction);
                    default -> value;
                });
    }

    /// Whether some operand lies with the channels last, and no other large one would have to be moved.
    private static boolean isComputedLast(Value value) {
        return value.inputs().stream().anyMatch(operand -> isLast(operand, value))
                && value.inputs().stream().allMatch(operand -> isLast(operand, value) || isSmall(operand, value));
    }

    private static boolean isSmall(Value operand, Value beside) {
        return isRepeated(operand)
                ? operand.input(0).shape().count() < beside.shape().count()
                : operand.shape().count() < beside.shape().count();
    }

    private static boolean isRepeated(Value value) {
        return value.op() instanceof Broadcast;
    }

    private static Value elementwise(Value value) {
        List<Value> operands = value.inputs().stream()
                .map(operand -> isLast(operand, value) ? operand.input(0) : small(operand, value.rank()))
                .toList();
        return first(Value.call(value.op(), operands, value.origin()).getFirst());
    }

    /// A small operand, or what it repeats, with the channels last; the same where it has no channels.
    private static Value small(Value operand, int rank) {
        if (isRepeated(operand)) {
            Shape whole = toLast(rank).apply(operand.shape().padded(rank));
            return Value.of(small(operand.input(0), rank).broadcastTo(whole));
        }
        if (operand.shape().count() == 1) {
            return operand;
        }
        Shape padded = operand.shape().padded(rank);
        boolean hasChannelsAlone = padded.dim(1) == padded.count();
        return hasChannelsAlone
                ? Value.of(operand.reshape(toLast(rank).apply(padded)))
                : last(Value.of(operand.reshape(padded)));
    }

    /// The reduction of the image as it lies, if its result then has the order that it should have.
    private static Value reduced(Value value, Reduction reduction) {
        Value image = value.input(0);
        int rank = image.rank();
        List<Integer> gone = reduction.axes().in(image.shape());
        boolean keepsOrder = gone.contains(1)
                || IntStream.range(2, rank).allMatch(axis -> gone.contains(axis) || image.dim(axis) == 1);
        if (!keepsOrder) {
            return value;
        }
        Permutation order = toFirst(rank);
        int[] axes = gone.stream().mapToInt(order::at).toArray();
        Value sums = Value.of(image.input(0).apply(reduction.withAxes(Axes.of(axes))));
        return Value.of(sums.reshape(value.shape()));
    }

    /// Elements that are moved because somebody reads them as the operator defines them.
    private static long moved(Graph graph) {
        Set<Value> moved = new HashSet<>(graph.outputs());
        for (Value value : graph.values()) {
            if (!readsInPlace(value)) {
                moved.addAll(value.inputs());
            }
        }
        return moved.stream()
                .filter(ChannelsLast::isLast)
                .mapToLong(value -> value.shape().count())
                .sum();
    }

    private static boolean readsInPlace(Value value) {
        return switch (value.op()) {
            case Convolution(var _, var groups) -> groups == 1;
            case ConvolutionInput(var _, var groups, var _) -> groups == 1;
            case ConvolutionKernel(var _, var groups, var _) -> groups == 1;
            case null, default -> isMovedLast(value);
        };
    }

    /// Operations of the convolutions that read or write images with the channels last.
    private static double operations(Graph graph) {
        double operations = 0;
        for (Value value : graph.values()) {
            boolean writesLast = isMovedLast(value) && isConvolution(value.input(0));
            boolean readsLast = value.op() instanceof ConvolutionKernel
                    && value.inputs().stream().allMatch(ChannelsLast::isLast);
            if (writesLast || readsLast) {
                operations += operationsOf(writesLast ? value.input(0) : value);
            }
        }
        return operations;
    }

    private static double operationsOf(Value convolution) {
        Value left = convolution.input(0);
        Value right = convolution.input(1);
        return switch (convolution.op()) {
            case Convolution _ ->
                2.0
                        * convolution.shape().count()
                        * right.shape().part(1, right.rank()).count();
            case ConvolutionInput _ ->
                2.0 * left.shape().count() * right.shape().part(1, right.rank()).count();
            default ->
                2.0
                        * right.shape().count()
                        * convolution.shape().part(1, convolution.rank()).count();
        };
    }

    private static boolean isConvolution(Value value) {
        return value.op() instanceof Convolution || value.op() instanceof ConvolutionInput;
    }

    /// Whether an operand's axes are those of the result, and it lies with the channels last.
    private static boolean isLast(Value operand, Value result) {
        return operand.rank() == result.rank() && isLast(operand);
    }

    /// Whether a value is the view of an image that lies with its channels last.
    private static boolean isLast(Value value) {
        return value.rank() > 2 && value.op() instanceof Permute(var order) && order.equals(toFirst(value.rank()));
    }

    private static boolean isMovedLast(Value value) {
        return value.rank() > 2 && value.op() instanceof Permute(var order) && order.equals(toLast(value.rank()));
    }

    private static Value last(Value value) {
        return Value.of(value.permute(toLast(value.rank())));
    }

    private static Value first(Value value) {
        return Value.of(value.permute(toFirst(value.rank())));
    }

    /// The order of axes that brings the channels, axis 1, to the end.
    public static Permutation toLast(int rank) {
        return toFirst(rank).inverse();
    }

    /// The order of axes that brings them back.
    public static Permutation toFirst(int rank) {
        int[] order = IntStream.range(0, rank)
                .map(axis -> axis < 2 ? axis * (rank - 1) : axis - 1)
                .toArray();
        return Permutation.of(order);
    }
}
