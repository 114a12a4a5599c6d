package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.jvm.LoopShape.Applied;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Movement;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.ReusingKernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Runs a generated loop over all elements: at once where no operand is repeated along some axes only, else line by
/// line along the innermost axis while an odometer keeps the operands' places.
///
/// The bits are those of the reference, save for [FloatFunctions]: see [Rounding].
final class ElementwiseKernel extends ReusingKernel {
    /// Additions of a part: about 5 µs when all is in the cache.
    private static final int PART = 1 << 16;

    /// What a function costs in additions.
    private static final int FUNCTION = 10;

    private final Loop loop;
    private final int part;
    private final Workers workers;
    private final Places places;

    /// For every operand by how much its place, less the place in the result, moves along each loop.
    private final int[][] steps;

    private final LoopShape shape;
    private final Optional<PiecewiseLoop> pieces;
    private final boolean isOneLine;
    private final Pool<Odometer> odometers = new Pool<>(Odometer::new);

    /// Where all operands begin.
    private final int[] start;

    private ElementwiseKernel(LoopShape shape, int part, Workers workers, Places places) {
        this.shape = shape;
        this.loop = Loops.SHARED.of(shape);
        this.part = part;
        this.workers = workers;
        this.places = places;
        this.start = new int[places.inputs.length];
        this.isOneLine = places.extents.length == 1;
        this.steps = new int[places.from.length][];
        Arrays.setAll(
                steps, i -> shape.access().get(i) == Access.SCALAR ? places.from[i] : minus(places.from[i], places.to));
        this.pieces = shape.access().contains(Access.COPIED)
                ? Optional.of(new PiecewiseLoop(loop, shape.access(), places.extents, places.from))
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
        int[][] from = new int[operands.size()][];
        Arrays.setAll(from, joined::strides);
        if (Arrays.stream(from).anyMatch(place -> place[place.length - 1] > 1)) {
            return Optional.empty();
        }
        List<Access> access = access(operands, from, joined);
        LoopShape loop = loop(operands, access, calls, cluster.graph().outputs());
        int[] inputs = operands.stream().mapToInt(v -> input(cluster, v)).toArray();
        Places places = new Places(inputs, joined.extents(), from, joined.strides(operands.size()));
        return Optional.of(new ElementwiseKernel(loop, PART / cost(calls), workers, places));
    }

    /// How each operand is read: where a loop for each line would be slow, floats that do not lie as the result does are
    /// copied, piece by piece.
    private static List<Access> access(List<Value> operands, int[][] from, Joined joined) {
        int[] to = joined.strides(operands.size());
        int line = joined.extents()[joined.extents().length - 1];
        List<Access> plain = new ArrayList<>();
        List<Access> copied = new ArrayList<>();
        for (int[] strides : from) {
            plain.add(access(strides, to));
            copied.add(PiecewiseLoop.access(plain.getLast(), strides));
        }
        boolean canBeCopied = IntStream.range(0, from.length)
                .allMatch(i -> copied.get(i) != Access.COPIED || operands.get(i).dtype() == DType.F32);
        return canBeCopied && PiecewiseLoop.isBetter(plain, from, line) ? copied : plain;
    }

    /// Where the operands are.
    ///
    /// @param inputs which input each operand of the loop is: one that is read through several views is several operands
    /// @param extents the trip counts of the loops, outermost first; the last is the generated loop's
    /// @param from by how much the place in each operand moves along each loop
    /// @param to by how much the place in the result does
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Places(int[] inputs, int[] extents, int[][] from, int[] to) {
        /// Elements that follow each other.
        int line() {
            return extents[extents.length - 1];
        }
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

    static LoopShape loop(List<Value> operands, List<Access> access, List<Value> calls, List<Value> outputs) {
        List<Value> values = new ArrayList<>(operands);
        List<Applied> applied = new ArrayList<>();
        for (Value call : calls) {
            List<Integer> numbers = call.inputs().stream().map(values::indexOf).toList();
            applied.add(new Applied((Elementwise) call.op(), numbers, call.dtype()));
            values.add(call);
        }
        List<DType> types = operands.stream().map(Value::dtype).toList();
        return new LoopShape(
                types, access, applied, outputs.stream().map(values::indexOf).toList(), LoopShape.Writing.STORED);
    }

    /// By how much the place in an input moves along each axis of the result.
    static long[] strides(Value operand, Shape shape) {
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

    static int input(Cluster cluster, Value operand) {
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
        for (int i = 0; i < places.inputs.length; i++) {
            if (places.inputs[i] == input
                    && (shape.access().get(i) != Access.ALIGNED
                            || shape.operands().get(i) != written)) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected InRow inRow() {
        return new Run();
    }

    /// One run at a time, and its parts.
    private final class Run implements InRow, IntConsumer {
        private final Object[] x = new Object[places.inputs.length];
        private final Object[] y = new Object[shape.results().size()];
        private int count;

        /// Elements, or lines where there are several.
        private int grain;

        @Override
        public void run(Elements[] arguments, Elements[] outputs, Turn turn) {
            count = outputs[0].count();
            if (count == 0) {
                return;
            }
            for (int i = 0; i < x.length; i++) {
                x[i] = arguments[places.inputs[i]].array();
            }
            for (int i = 0; i < y.length; i++) {
                y[i] = outputs[i].array();
            }
            try {
                all();
            } finally {
                Arrays.fill(x, null);
                Arrays.fill(y, null);
            }
        }

        private void all() {
            if (isOneLine && count <= part) {
                loop.run(x, y, start, 0, count);
            } else if (isOneLine) {
                grain = part;
                workers.run(Math.ceilDiv(count, grain), this);
            } else {
                grain = Math.max(1, part / places.line());
                workers.run(Math.ceilDiv(count / places.line(), grain), this);
            }
        }

        @Override
        public void accept(int index) {
            if (isOneLine) {
                loop.run(x, y, start, index * grain, (int) Math.min(count, (index + 1L) * grain));
            } else {
                int lines = count / places.line();
                lines(x, y, index * grain, Math.min(lines, (index + 1) * grain));
            }
        }
    }

    private void lines(Object[] x, Object[] y, int first, int end) {
        int length = places.line();
        if (pieces.isPresent()) {
            pieces.get().run(x, y, first * length, end * length);
            return;
        }
        Odometer odometer = odometers.borrow();
        odometer.seek(first);
        for (int line = first; line < end; line++) {
            loop.run(x, y, odometer.at, line * length, (line + 1) * length);
            odometer.advance();
        }
        odometers.giveBack(odometer);
    }

    /// Which line is next, and where it is in every operand.
    private final class Odometer {
        private final int[] index = new int[places.extents.length - 1];
        private final int[] at = new int[places.inputs.length];

        void seek(int line) {
            Arrays.fill(at, 0);
            int rest = line;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                index[axis] = rest % places.extents[axis];
                rest /= places.extents[axis];
                for (int i = 0; i < at.length; i++) {
                    at[i] += index[axis] * steps[i][axis];
                }
            }
        }

        void advance() {
            for (int axis = index.length - 1; axis >= 0; axis--) {
                boolean carries = ++index[axis] == places.extents[axis];
                int by = carries ? 1 - places.extents[axis] : 1;
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
}
