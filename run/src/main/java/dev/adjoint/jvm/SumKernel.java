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
import java.util.stream.IntStream;

/// Sums along the same axes of what elementwise formulas give, in one pass over the formulas' operands: nothing between
/// the operands and the sums is stored, but what others read too ([StoredTerms]).
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
    private final Operands operands;
    private final Workers workers;
    private final int segments;
    private final int grain;

    private SumKernel(LoopShape shape, SumNest nest, Operands operands, Workers workers) {
        this.loop = Loops.SHARED.of(shape);
        this.nest = nest;
        this.operands = operands;
        this.workers = workers;
        int units = nest.units();
        long work = nest.unitWork() * (operands.stored.isPresent() ? 2 : 1);
        int wanted = (int) Math.min(MANY, Math.ceilDiv(work, PART));
        this.segments = units >= MANY ? 1 : Math.clamp(nest.length(), 1, Math.max(1, wanted));
        this.grain = (int) Math.max(Math.ceilDiv(units, PARTS), PART / nest.unitWork());
    }

    /// A kernel for sums of float32 terms along the same axes; nothing where the loops would be too short, or a view jumps
    /// along the innermost one.
    static Optional<Kernel> of(Cluster cluster, Workers workers) {
        List<Value> outputs = cluster.graph().outputs();
        List<Value> sums = outputs.stream().filter(SumKernel::isFloatSum).toList();
        List<Value> stored =
                outputs.stream().filter(value -> !sums.contains(value)).toList();
        if (sums.isEmpty() || !stored.stream().allMatch(value -> value.op() instanceof Elementwise)) {
            return Optional.empty();
        }
        Value first = sums.getFirst();
        Shape shape = first.input(0).shape();
        List<Value> terms = sums.stream().map(sum -> sum.input(0)).toList();
        List<Value> operands = new ArrayList<>();
        List<Value> calls = new ArrayList<>();
        terms.forEach(term -> collect(term, stored, operands, calls));
        if (shape.count() == 0
                || !sums.stream().allMatch(sum -> sum.op().equals(first.op()))
                || !terms.stream().allMatch(term -> term.shape().equals(shape))
                || !calls.stream().allMatch(call -> call.shape().equals(shape))
                || operands.stream().anyMatch(operand -> operand.dtype() == DType.F64)) {
            return Optional.empty();
        }
        SumNest nest = nest((Sum) first.op(), operands, shape);
        if (!nest.isWorthwhile()) {
            return Optional.empty();
        }
        LoopShape loop = loop(operands, calls, terms, nest);
        if (stored.isEmpty()) {
            Operands of = Operands.of(cluster, operands, sums, Optional.empty());
            return Optional.of(new SumKernel(loop, nest, of, workers));
        }
        return StoredTerms.of(cluster, stored, nest, workers)
                .map(found ->
                        new SumKernel(loop, nest, Operands.of(cluster, operands, sums, Optional.of(found)), workers));
    }

    /// The calls that give a value from what is read or stored, operands before results.
    private static void collect(Value value, List<Value> stored, List<Value> operands, List<Value> calls) {
        if (!(value.op() instanceof Elementwise) || stored.contains(value)) {
            if (!operands.contains(value)) {
                operands.add(value);
            }
        } else if (!calls.contains(value)) {
            value.inputs().forEach(input -> collect(input, stored, operands, calls));
            calls.add(value);
        }
    }

    /// Where the operands of the loop, and the sums, are.
    ///
    /// @param inputs the input that each operand is; for one that is stored first, −1 − the output
    /// @param sums the outputs that the sums are
    /// @param stored what is stored, if anything
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Operands(int[] inputs, int[] sums, Optional<StoredTerms> stored) {
        static Operands of(Cluster cluster, List<Value> operands, List<Value> sums, Optional<StoredTerms> stored) {
            List<Value> outputs = cluster.graph().outputs();
            return new Operands(
                    operands.stream()
                            .mapToInt(operand -> outputs.contains(operand)
                                    ? -1 - outputs.indexOf(operand)
                                    : ElementwiseKernel.input(cluster, operand))
                            .toArray(),
                    sums.stream().mapToInt(outputs::indexOf).toArray(),
                    stored);
        }

        Elements at(int operand, Elements[] arguments, Elements[] outputs) {
            int input = inputs[operand];
            return input < 0 ? outputs[-1 - input] : arguments[input];
        }
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

    /// What is stored may stand where it comes from, if the sums read it from there.
    @Override
    public boolean mayOverwrite(int input, int output) {
        return operands.stored.isPresent()
                && operands.stored.get().mayOverwrite(input, output)
                && IntStream.of(operands.inputs).noneMatch(read -> read == input);
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
        private final Object[] x = new Object[operands.inputs.length];
        private final float[][] y = new float[operands.sums.length][];

        /// Of the operands that are read from a copy, which repeats them.
        private final Object[] copies = new Object[operands.inputs.length];

        private final Optional<StoredTerms.Run> stored = operands.stored.map(StoredTerms::run);

        /// Accumulators of each part, apart from each other: where two threads wrote to one line of the cache, sums of 64
        /// channels took longer on two threads than on one.
        private final SumNest.Gathering[] parts = new SumNest.Gathering[parts()];

        Run() {
            Arrays.setAll(parts, _ -> nest.new Gathering(loop, x, new double[y.length][nest.width() + SumNest.APART]));
        }

        @Override
        public void run(Elements[] arguments, Elements[] outputs, Turn turn) {
            for (int i = 0; i < x.length; i++) {
                Elements argument = operands.at(i, arguments, outputs);
                x[i] = nest.isCopied(i) ? repeated(argument, i) : argument.array();
            }
            for (int i = 0; i < y.length; i++) {
                y[i] = outputs[operands.sums[i]].floats();
            }
            if (stored.isPresent()) {
                stored.get().begin(arguments, outputs);
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
                if (stored.isPresent()) {
                    stored.get().end();
                }
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
                    gather(gathering, unit, 0, nest.length());
                    write(gathering.sums(), unit);
                }
                return;
            }
            int length = Math.ceilDiv(nest.length(), segments);
            clear(gathering.sums());
            int start = Math.min(nest.length(), part % segments * length);
            int end = Math.min(nest.length(), start + length);
            if (start < end) {
                gather(gathering, part / segments, start, end);
            }
        }

        private void gather(SumNest.Gathering gathering, int unit, int start, int end) {
            if (stored.isEmpty()) {
                gathering.run(unit, start, end);
                return;
            }
            int block = operands.stored.orElseThrow().rows();
            for (int row = start; row < end; row += block) {
                int next = Math.min(end, row + block);
                stored.get().write(row, next);
                gathering.run(unit, row, next);
            }
        }

        private void together(int first) {
            for (int segment = first + 1; segment < first + segments; segment++) {
                for (int sum = 0; sum < y.length; sum++) {
                    Combining.SUM.into(
                            parts[segment].sums()[sum], 0, parts[first].sums()[sum], 0, nest.width());
                }
            }
        }

        private void write(double[][] accumulators, int unit) {
            int place = nest.place(unit);
            int width = nest.widthOf(unit) / nest.folded();
            for (int sum = 0; sum < y.length; sum++) {
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
