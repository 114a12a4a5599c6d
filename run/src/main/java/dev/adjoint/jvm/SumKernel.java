package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.reduction.Sum;
import dev.adjoint.run.Kernel;
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

/// Sums along the same axes of what elementwise formulas give, in one pass over the formulas' operands: nothing between
/// the operands and the sums is stored.
///
/// Every term is rounded to float32 as if it were stored, and added in double; parts depend on the size alone and are put
/// together in order.
final class SumKernel extends ReusingKernel {
    /// Elements below which a part is not worth handing out.
    private static final int PART = 1 << 15;

    /// Parts whose accumulators are alive at once, at most.
    private static final int PARTS = 64;

    /// Units from which on they are not cut into segments.
    private static final int MANY = 16;

    private final Loop loop;
    private final SumNest nest;
    private final int[] inputs;
    private final Workers workers;
    private final int segments;
    private final int grain;
    private final int sums;

    private SumKernel(LoopShape shape, SumNest nest, int[] inputs, Workers workers) {
        this.loop = Loops.SHARED.of(shape);
        this.nest = nest;
        this.inputs = inputs;
        this.workers = workers;
        this.sums = shape.results().size();
        int units = nest.units();
        int wanted = (int) Math.min(MANY, Math.ceilDiv(nest.unitWork(), PART));
        this.segments = units >= MANY ? 1 : Math.clamp(nest.length(), 1, Math.max(1, wanted));
        this.grain = (int) Math.max(Math.ceilDiv(units, PARTS), PART / nest.unitWork());
    }

    /// A kernel for sums of float32 terms along the same axes; nothing where the loops would be too short, or a view jumps
    /// along the innermost one.
    static Optional<Kernel> of(Cluster cluster, Workers workers) {
        List<Value> outputs = cluster.graph().outputs();
        if (!outputs.stream().allMatch(SumKernel::isFloatSum)) {
            return Optional.empty();
        }
        Value first = outputs.getFirst();
        Shape shape = first.input(0).shape();
        List<Value> operands = new ArrayList<>();
        List<Value> calls = new ArrayList<>();
        for (Value value : cluster.graph().values()) {
            if (value.op() instanceof Elementwise) {
                calls.add(value);
            } else if (!outputs.contains(value)) {
                operands.add(value);
            }
        }
        List<Value> terms = outputs.stream().map(sum -> sum.input(0)).toList();
        operands.removeIf(operand -> !terms.contains(operand)
                && calls.stream().noneMatch(c -> c.inputs().contains(operand)));
        if (shape.count() == 0
                || !outputs.stream().allMatch(sum -> sum.op().equals(first.op()))
                || !terms.stream().allMatch(term -> term.shape().equals(shape))
                || !calls.stream().allMatch(call -> call.shape().equals(shape))
                || operands.stream().anyMatch(operand -> operand.dtype() == DType.F64)) {
            return Optional.empty();
        }
        SumNest nest = nest((Sum) first.op(), operands, shape);
        return nest.isWorthwhile()
                ? Optional.of(new SumKernel(
                        loop(operands, calls, terms, nest),
                        nest,
                        operands.stream()
                                .mapToInt(v -> ElementwiseKernel.input(cluster, v))
                                .toArray(),
                        workers))
                : Optional.empty();
    }

    private static boolean isFloatSum(Value value) {
        return value.op() instanceof Sum && value.dtype() == DType.F32;
    }

    private static SumNest nest(Sum sum, List<Value> operands, Shape shape) {
        long[][] strides = new long[operands.size() + 1][];
        for (int i = 0; i < operands.size(); i++) {
            strides[i] = ElementwiseKernel.strides(operands.get(i), shape);
        }
        long[] to = sum.axes().kept().reduce(shape).stridesIn(shape);
        for (int axis : sum.axes().in(shape)) {
            to[axis] = 0;
        }
        strides[operands.size()] = to;
        return new SumNest(Joined.of(shape.dims(), strides), operands.size());
    }

    private static LoopShape loop(List<Value> operands, List<Value> calls, List<Value> terms, SumNest nest) {
        List<Access> access = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            access.add(nest.isScalar(i) ? Access.SCALAR : Access.SHIFTED);
        }
        return ElementwiseKernel.loop(operands, access, calls, terms).summing();
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    protected InRow inRow() {
        return new Run();
    }

    private int parts() {
        return segments == 1 ? Math.ceilDiv(nest.units(), grain) : nest.units() * segments;
    }

    /// One run at a time, and its parts.
    private final class Run implements InRow, IntConsumer {
        private final Object[] x = new Object[inputs.length];
        private final float[][] y = new float[sums][];

        /// Of the operands that are read from a copy, which repeats them.
        private final Object[] copies = new Object[inputs.length];

        /// Accumulators of each part, apart from each other: where two threads wrote to one line of the cache, sums of 64
        /// channels took longer on two threads than on one.
        private final SumNest.Gathering[] parts = new SumNest.Gathering[parts()];

        Run() {
            Arrays.setAll(parts, _ -> nest.new Gathering(loop, x, new double[sums][nest.width() + SumNest.APART]));
        }

        @Override
        public void run(Elements[] arguments, Elements[] outputs, Turn turn) {
            for (int i = 0; i < x.length; i++) {
                Elements argument = arguments[inputs[i]];
                x[i] = nest.isCopied(i) ? repeated(argument, i) : argument.array();
            }
            for (int i = 0; i < sums; i++) {
                y[i] = outputs[i].floats();
            }
            try {
                workers.run(parts.length, this);
                if (segments > 1) {
                    for (int unit = 0; unit < nest.units(); unit++) {
                        together(unit * segments);
                        write(parts[unit * segments].sums(), unit);
                    }
                }
            } finally {
                Arrays.fill(x, null);
                Arrays.fill(y, null);
            }
        }

        /// A row, as often as the rows of the loops hold one.
        private Object repeated(Elements row, int operand) {
            int count = row.count();
            if (copies[operand] == null) {
                copies[operand] = Elements.allocate(row.dtype(), (long) count * nest.folded())
                        .array();
            }
            for (int at = 0; at < nest.folded(); at++) {
                System.arraycopy(row.array(), 0, copies[operand], at * count, count);
            }
            return copies[operand];
        }

        @Override
        public void accept(int part) {
            SumNest.Gathering gathering = parts[part];
            if (segments == 1) {
                int end = Math.min(nest.units(), (part + 1) * grain);
                for (int unit = part * grain; unit < end; unit++) {
                    clear(gathering.sums());
                    gathering.run(unit, 0, nest.length());
                    write(gathering.sums(), unit);
                }
                return;
            }
            int length = Math.ceilDiv(nest.length(), segments);
            clear(gathering.sums());
            int start = Math.min(nest.length(), part % segments * length);
            int end = Math.min(nest.length(), start + length);
            if (start < end) {
                gathering.run(part / segments, start, end);
            }
        }

        private void together(int first) {
            for (int segment = first + 1; segment < first + segments; segment++) {
                for (int sum = 0; sum < sums; sum++) {
                    Combining.SUM.into(
                            parts[segment].sums()[sum], 0, parts[first].sums()[sum], 0, nest.width());
                }
            }
        }

        private void write(double[][] accumulators, int unit) {
            int place = nest.place(unit);
            int width = nest.widthOf(unit) / nest.folded();
            for (int sum = 0; sum < sums; sum++) {
                double[] from = accumulators[sum];
                for (int row = 1; row < nest.folded(); row++) {
                    Combining.SUM.into(from, row * width, from, 0, width);
                }
                if (nest.isLines()) {
                    y[sum][place] = (float) Combining.SUM.line(from, 0, width, 0);
                } else {
                    narrow(from, y[sum], place, width);
                }
            }
        }
    }

    private static void clear(double[][] accumulators) {
        for (double[] line : accumulators) {
            Arrays.fill(line, 0);
        }
    }

    private static void narrow(double[] from, float[] to, int at, int count) {
        for (int i = 0; i < count; i++) {
            to[at + i] = (float) from[i];
        }
    }
}
