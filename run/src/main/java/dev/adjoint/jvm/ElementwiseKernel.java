package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.jvm.LoopShape.Applied;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Movement;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Runs a generated loop over all elements: at once where no operand is repeated along some axes only, else line by
/// line along the innermost axis while an odometer keeps the operands' places.
///
/// The bits are those of the reference, save for [FloatFunctions]: see [Rounding].
final class ElementwiseKernel implements Kernel {
    /// Additions of a part: about 5 µs when all is in the cache.
    private static final int PART = 1 << 16;

    /// What a function costs in additions.
    private static final int FUNCTION = 10;

    private final Loop loop;
    private final int part;
    private final Workers workers;

    /// Which input each operand of the loop is: one that is read through several views is several operands.
    private final int[] inputs;

    /// The trip counts of the loops, outermost first; the last is the generated loop's.
    private final int[] extents;

    /// For every operand by how much its place, less the place in the result, moves along each loop.
    private final int[][] steps;

    private final LoopShape shape;

    /// Where all operands begin.
    private final int[] start;

    private final Optional<ShortLines> shortLines;

    private ElementwiseKernel(LoopShape shape, int part, Workers workers, int[] inputs, int[] extents, int[][] steps) {
        this.shape = shape;
        this.loop = Loops.SHARED.of(shape);
        this.part = part;
        this.workers = workers;
        this.inputs = inputs;
        this.extents = extents;
        this.steps = steps;
        this.start = new int[inputs.length];
        this.shortLines = shortLines();
    }

    private Optional<ShortLines> shortLines() {
        int length = extents[extents.length - 1];
        int[] moved = IntStream.range(0, inputs.length)
                .filter(i -> shape.access().get(i) != Access.ALIGNED
                        && !Arrays.stream(steps[i]).allMatch(step -> step == 0))
                .toArray();
        return extents.length > 1 && ShortLines.fits(shape, moved, length)
                ? Optional.of(new ShortLines(shape, moved, length))
                : Optional.empty();
    }

    /// A kernel for elementwise calls of one shape on inputs and views of inputs; nothing where a view jumps along the
    /// innermost loop, which would be slower than to move it first.
    static Optional<Kernel> of(Cluster cluster, Workers workers) {
        Shape shape = cluster.outputTypes().getFirst().shape();
        List<Value> operands = new ArrayList<>();
        List<Value> calls = new ArrayList<>();
        for (Value value : cluster.graph().values()) {
            (value.op() instanceof Elementwise ? calls : operands).add(value);
        }
        operands.removeIf(
                operand -> calls.stream().noneMatch(call -> call.inputs().contains(operand)));
        if (calls.stream().anyMatch(call -> !call.shape().equals(shape))) {
            return Optional.empty();
        }
        long[][] strides = new long[operands.size() + 1][];
        for (int i = 0; i < operands.size(); i++) {
            strides[i] = strides(operands.get(i), shape);
        }
        strides[operands.size()] = shape.strides();
        Joined joined = Joined.of(shape.dims(), strides);
        int[] to = joined.strides(operands.size());
        int[][] steps = new int[operands.size()][];
        List<Access> access = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            int[] from = joined.strides(i);
            if (from[from.length - 1] > 1) {
                return Optional.empty();
            }
            access.add(access(from, to));
            steps[i] = access.getLast() == Access.SCALAR ? from : minus(from, to);
        }
        int[] inputs = operands.stream().mapToInt(v -> input(cluster, v)).toArray();
        LoopShape loop = loop(operands, access, calls, cluster.graph().outputs());
        return Optional.of(new ElementwiseKernel(loop, PART / cost(calls), workers, inputs, joined.extents(), steps));
    }

    /// What a call costs, in additions.
    private static int cost(List<Value> calls) {
        int cost = 0;
        for (Value call : calls) {
            boolean function = Rounding.of((Elementwise) call.op()).callsMath();
            cost += function ? FUNCTION : 1;
        }
        return cost;
    }

    private static LoopShape loop(List<Value> operands, List<Access> access, List<Value> calls, List<Value> outputs) {
        List<Value> values = new ArrayList<>(operands);
        List<Applied> applied = new ArrayList<>();
        for (Value call : calls) {
            List<Integer> numbers = call.inputs().stream().map(values::indexOf).toList();
            applied.add(new Applied((Elementwise) call.op(), numbers, call.dtype()));
            values.add(call);
        }
        List<DType> types = operands.stream().map(Value::dtype).toList();
        return new LoopShape(
                types, access, applied, outputs.stream().map(values::indexOf).toList());
    }

    /// By how much the place in an input moves along each axis of the result.
    private static long[] strides(Value operand, Shape shape) {
        if (!(operand.op() instanceof Movement view)) {
            return operand.shape().stridesIn(shape);
        }
        long[] own = view.regions(List.of(operand.input(0).type())).getFirst().fromStrides();
        long[] strides = new long[shape.rank()];
        int lead = shape.rank() - own.length;
        for (int axis = 0; axis < own.length; axis++) {
            strides[lead + axis] = operand.dim(axis) == 1 ? 0 : own[axis];
        }
        return strides;
    }

    private static int input(Cluster cluster, Value operand) {
        Value read = operand.op() instanceof Movement ? operand.input(0) : operand;
        return cluster.graph().inputs().indexOf(read);
    }

    private static Access access(int[] from, int[] to) {
        if (from[from.length - 1] == 0) {
            return Access.SCALAR;
        }
        return Arrays.equals(from, to) ? Access.ALIGNED : Access.SHIFTED;
    }

    private static int[] minus(int[] from, int[] to) {
        int[] difference = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            difference[i] = from[i] - to[i];
        }
        return difference;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    /// Element i is read before anything is written in its place where all reads are aligned with the result.
    @Override
    public boolean mayOverwrite(int input, int output) {
        DType written = shape.type(shape.results().get(output));
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] == input
                    && (shape.access().get(i) != Access.ALIGNED
                            || shape.operands().get(i) != written)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void run(Elements[] arguments, Elements[] outputs) {
        Object[] x = new Object[inputs.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = arguments[inputs[i]].array();
        }
        Object[] y = new Object[outputs.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = outputs[i].array();
        }
        int count = outputs[0].count();
        if (count == 0) {
            return;
        }
        int line = extents[extents.length - 1];
        if (extents.length == 1 && count <= part) {
            loop.run(x, y, start, 0, count);
        } else if (extents.length == 1) {
            workers.run(
                    Math.ceilDiv(count, part),
                    i -> loop.run(x, y, start, i * part, (int) Math.min(count, (i + 1L) * part)));
        } else {
            int lines = count / line;
            int grain = Math.max(1, part / line);
            workers.run(Math.ceilDiv(lines, grain), i -> {
                int end = Math.min(lines, (i + 1) * grain);
                if (shortLines.isPresent()) {
                    blocks(shortLines.get(), x, y, i * grain, end);
                } else {
                    lines(x, y, i * grain, end);
                }
            });
        }
    }

    private void lines(Object[] x, Object[] y, int first, int end) {
        int[] index = new int[extents.length - 1];
        int[] at = new int[x.length];
        seek(first, index, at);
        int length = extents[extents.length - 1];
        for (int line = first; line < end; line++) {
            loop.run(x, y, at, line * length, (line + 1) * length);
            advance(index, at);
        }
    }

    private void blocks(ShortLines blocks, Object[] x, Object[] y, int first, int end) {
        int[] index = new int[extents.length - 1];
        int[] at = new int[x.length];
        seek(first, index, at);
        ShortLines.Room room = blocks.borrow();
        for (int block = first; block < end; block += blocks.linesAtOnce()) {
            int stop = Math.min(end, block + blocks.linesAtOnce());
            for (int line = block; line < stop; line++) {
                blocks.copy(x, at, line, room, line - block);
                advance(index, at);
            }
            blocks.run(x, y, room, block, stop);
        }
        blocks.giveBack(room);
    }

    private void seek(int line, int[] index, int[] at) {
        int rest = line;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % extents[axis];
            rest /= extents[axis];
            for (int i = 0; i < at.length; i++) {
                at[i] += index[axis] * steps[i][axis];
            }
        }
    }

    private void advance(int[] index, int[] at) {
        for (int axis = index.length - 1; axis >= 0; axis--) {
            boolean carries = ++index[axis] == extents[axis];
            int by = carries ? 1 - extents[axis] : 1;
            for (int i = 0; i < at.length; i++) {
                at[i] += by * steps[i][axis];
            }
            if (!carries) {
                return;
            }
            index[axis] = 0;
        }
    }
}
