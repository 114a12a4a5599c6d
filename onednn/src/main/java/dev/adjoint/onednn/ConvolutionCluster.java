package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.compile.Epilogue;
import dev.adjoint.graph.Value;
import dev.adjoint.jvm.JvmKernels;
import dev.adjoint.onednn.Images.Places;
import dev.adjoint.op.Op;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.ChannelsLast;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// A convolution, or one of its transposes, and where the channels of what it reads and writes lie: a cluster of the call
/// alone, or with permutations that bring the channels from the end and back, and perhaps with an epilogue.
///
/// @param call the convolution
/// @param direction which of the three it is
/// @param images its extents
/// @param epilogue what is done with the result before it is written
record ConvolutionCluster(Value call, Direction direction, Images images, Optional<Epilogue> epilogue) {
    /// Channels from which a result is better written with its channels last.
    private static final long MANY_CHANNELS = 32;

    /// The convolution of a cluster, or nothing if it is none.
    static Optional<ConvolutionCluster> of(Cluster cluster) {
        Optional<Epilogue> epilogue = Epilogue.of(cluster);
        Value last =
                epilogue.map(Epilogue::product).orElse(cluster.graph().outputs().getFirst());
        boolean isMoved = isMovedTo(last) && !last.input(0).isInput();
        Value call = isMoved ? last.input(0) : last;
        Channels result = isMoved ? Channels.LAST : Channels.FIRST;
        boolean isAlone = !isMoved && call.inputs().stream().allMatch(Value::isInput);
        return operator(call, result)
                .map(of -> new ConvolutionCluster(call, of.direction, of.images, epilogue))
                .filter(of -> of.isAsRead() && of.readsAll(cluster) && (isAlone || of.likesMoved()));
    }

    private static Optional<ConvolutionCluster> operator(Value call, Channels result) {
        return switch (call.op()) {
            case Convolution(var window, var groups) -> {
                Places places = new Places(channels(call.input(0)), result);
                Images images = new Images(
                        window, groups, call.input(0).shape(), call.input(1).shape(), places);
                yield Optional.of(new ConvolutionCluster(call, Direction.FORWARD, images, Optional.empty()));
            }
            case ConvolutionInput(var window, var groups, var _) -> {
                Places places = new Places(result, channels(call.input(0)));
                Images images =
                        new Images(window, groups, call.shape(), call.input(1).shape(), places);
                yield Optional.of(new ConvolutionCluster(call, Direction.INPUT, images, Optional.empty()));
            }
            case ConvolutionKernel(var window, var groups, var _)
            when result == Channels.FIRST -> {
                Places places = new Places(channels(call.input(0)), channels(call.input(1)));
                Images images = new Images(window, groups, call.input(0).shape(), call.shape(), places);
                yield Optional.of(new ConvolutionCluster(call, Direction.WEIGHTS, images, Optional.empty()));
            }
            default -> Optional.empty();
        };
    }

    /// The inputs in the order in which a kernel reads them: both operands, then the bias.
    private List<Value> reads() {
        Stream<Value> operands = call.inputs().stream().map(operand -> operand.isInput() ? operand : operand.input(0));
        return Stream.concat(operands, epilogue.map(Epilogue::bias).stream()).toList();
    }

    private boolean readsAll(Cluster cluster) {
        return Set.copyOf(reads()).equals(Set.copyOf(cluster.graph().inputs()));
    }

    /// A kernel of the convolution for the inputs of a cluster, which may stand in another order.
    Kernel reading(Cluster cluster, Kernel kernel) {
        List<Value> inputs = cluster.graph().inputs();
        List<Value> reads = reads();
        return reads.equals(inputs)
                ? kernel
                : new Reordered(kernel, reads.stream().map(inputs::indexOf).toList());
    }

    private static Channels channels(Value operand) {
        return operand.isInput() ? Channels.FIRST : Channels.LAST;
    }

    /// Whether what stands before the convolution only brings channels to the front, and of images alone.
    private boolean isAsRead() {
        return call.inputs().stream().allMatch(operand -> operand.isInput() || isMovedFrom(operand))
                && (direction == Direction.WEIGHTS || call.input(1).isInput());
    }

    /// Whether the convolution is as fast, or faster, where the channels lie.
    private boolean likesMoved() {
        return images.groups() == 1 && (result() == Channels.FIRST || call.dim(1) >= MANY_CHANNELS);
    }

    /// Where the channels of the result lie.
    private Channels result() {
        return switch (direction) {
            case FORWARD -> images.channels().y();
            case INPUT -> images.channels().x();
            case WEIGHTS -> Channels.FIRST;
        };
    }

    /// The same by a kernel that knows channels in front only.
    Optional<Kernel> exact(Workers workers) {
        List<TensorType> types = call.inputs().stream().map(Value::type).toList();
        Function<Value, Optional<Kernel>> move = operand -> operand.isInput()
                ? Optional.empty()
                : kernel(operand.op(), List.of(operand.input(0).type()), workers);
        Optional<Kernel> back = result() == Channels.FIRST
                ? Optional.empty()
                : kernel(new Permute(ChannelsLast.toLast(call.rank())), List.of(call.type()), workers);
        Optional<Kernel> convolution = kernel(call.op(), types, workers)
                .map(kernel -> new WithChannelsFirst(
                        kernel, call.inputs().stream().map(move).toList(), back, call.shape()));
        return epilogue.isEmpty()
                ? convolution
                : convolution.flatMap(kernel -> new JvmKernels()
                        .kernel(epilogue.get().alone(), workers)
                        .map(after -> new Followed(kernel, after)));
    }

    private static Optional<Kernel> kernel(Op op, List<TensorType> types, Workers workers) {
        return new JvmKernels().kernel(Cluster.of(op, types), workers);
    }

    private static boolean isMovedFrom(Value value) {
        return value.op() instanceof Permute(var order) && order.equals(ChannelsLast.toFirst(value.rank()));
    }

    private static boolean isMovedTo(Value value) {
        return value.op() instanceof Permute(var order) && order.equals(ChannelsLast.toLast(value.rank()));
    }
}
