package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.reduction.Sum;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Sums along the same axes of what elementwise formulas give, in one pass over the formulas' operands: nothing between
/// the operands and the sums is stored.
///
/// Every term is rounded to float32 as if it were stored, and added in double; parts depend on the size alone and are put
/// together in order.
final class SumKernel implements Kernel {
    /// Elements below which a part is not worth handing out.
    private static final int PART = 1 << 15;

    /// Parts whose accumulators are alive at once, at most.
    private static final int PARTS = 64;

    /// Units from which on they are not cut into segments.
    private static final int MANY = 16;

    /// Numbers behind the accumulators of a part, so that no two threads write to one line of the cache. Where they did, sums of 64
    /// channels took longer on two threads than on one.
    private static final int APART = 16;

    private final Loop loop;
    private final SumNest nest;
    private final int[] inputs;
    private final Workers workers;
    private final int segments;
    private final int grain;

    /// Memory that no run uses now: only the first run makes any.
    private final Queue<Memory> idle = new ConcurrentLinkedQueue<>();

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

    /// What a run needs.
    ///
    /// @param sums accumulators by part and sum
    /// @param copies of the operands that are read from a copy, which repeats them; else nothing
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Memory(double[][][] sums, Object[] copies) {}

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
    public void run(Elements[] arguments, Elements[] outputs) {
        Memory polled = idle.poll();
        Memory own = polled == null ? new Memory(accumulators(), new Object[inputs.length]) : polled;
        double[][][] memory = own.sums;
        Object[] x = new Object[inputs.length];
        for (int i = 0; i < x.length; i++) {
            Elements argument = arguments[inputs[i]];
            x[i] = nest.isCopied(i) ? repeated(argument, own.copies, i) : argument.array();
        }
        if (segments == 1) {
            workers.run(memory.length, part -> {
                int end = Math.min(nest.units(), (part + 1) * grain);
                for (int unit = part * grain; unit < end; unit++) {
                    clear(memory[part]);
                    nest.run(loop, x, memory[part], unit, 0, nest.length());
                    write(memory[part], unit, outputs);
                }
            });
        } else {
            int length = Math.ceilDiv(nest.length(), segments);
            workers.run(memory.length, part -> {
                clear(memory[part]);
                int start = Math.min(nest.length(), part % segments * length);
                int end = Math.min(nest.length(), start + length);
                if (start < end) {
                    nest.run(loop, x, memory[part], part / segments, start, end);
                }
            });
            for (int unit = 0; unit < nest.units(); unit++) {
                together(memory, unit * segments);
                write(memory[unit * segments], unit, outputs);
            }
        }
        idle.add(own);
    }

    /// A row, as often as the rows of the loops hold one.
    private Object repeated(Elements row, Object[] copies, int operand) {
        int count = row.count();
        if (copies[operand] == null) {
            copies[operand] =
                    Elements.allocate(row.dtype(), (long) count * nest.folded()).array();
        }
        for (int at = 0; at < nest.folded(); at++) {
            System.arraycopy(row.array(), 0, copies[operand], at * count, count);
        }
        return copies[operand];
    }

    private double[][][] accumulators() {
        int parts = segments == 1 ? Math.ceilDiv(nest.units(), grain) : nest.units() * segments;
        return new double[parts][sums][nest.width() + APART];
    }

    private static void clear(double[][] accumulators) {
        for (double[] line : accumulators) {
            Arrays.fill(line, 0);
        }
    }

    private void together(double[][][] memory, int first) {
        for (int segment = first + 1; segment < first + segments; segment++) {
            for (int sum = 0; sum < sums; sum++) {
                Combining.SUM.into(memory[segment][sum], 0, memory[first][sum], 0, nest.width());
            }
        }
    }

    private void write(double[][] accumulators, int unit, Elements[] outputs) {
        int place = nest.place(unit);
        int width = nest.widthOf(unit) / nest.folded();
        for (int sum = 0; sum < sums; sum++) {
            float[] y = outputs[sum].floats();
            double[] from = accumulators[sum];
            for (int row = 1; row < nest.folded(); row++) {
                Combining.SUM.into(from, row * width, from, 0, width);
            }
            if (nest.isLines()) {
                y[place] = (float) Combining.SUM.line(from, 0, width, 0);
            } else {
                for (int i = 0; i < width; i++) {
                    y[place + i] = (float) from[i];
                }
            }
        }
    }
}
