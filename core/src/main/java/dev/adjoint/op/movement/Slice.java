package dev.adjoint.op.movement;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.*;
import java.util.*;

/// The elements start, start+step, … below stop along every axis. The transpose puts them back between zeros.
public record Slice(List<Range> ranges) implements Movement {
    /// The indices start, start + step, … below stop.
    public record Range(long start, long stop, long step) {
        public Range {
            if (start < 0 || step < 1) {
                throw new InvalidArgument("a range starts at 0 or later and steps forward by at least 1, not from "
                        + start + " by " + step);
            }
        }

        /// The indices 0 … size − 1.
        public static Range whole(long size) {
            return new Range(0, size, 1);
        }

        public long count() {
            return Math.max(0, Math.ceilDiv(stop - start, step));
        }
    }

    public Slice {
        ranges = List.copyOf(ranges);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType x = operands.getFirst();
        if (x.rank() != ranges.size()) {
            throw new ShapeMismatch(name(), operands, ranges.size() + " ranges were given for " + x.rank() + " axes");
        }
        for (int axis = 0; axis < x.rank(); axis++) {
            if (ranges.get(axis).stop() > x.dim(axis)) {
                throw new ShapeMismatch(
                        name(),
                        operands,
                        "the range stops at " + ranges.get(axis).stop() + " along axis " + axis + " of extent "
                                + x.dim(axis));
            }
        }
        return List.of(x.withShape(Shape.of(ranges.stream().map(Range::count).toList())));
    }

    @Override
    public List<Region> regions(List<TensorType> operands) {
        long[] strides = operands.getFirst().shape().strides();
        long from = 0;
        long[] steps = new long[strides.length];
        for (int axis = 0; axis < strides.length; axis++) {
            from += ranges.get(axis).start() * strides[axis];
            steps[axis] = ranges.get(axis).step() * strides[axis];
        }
        return List.of(Region.read(infer(operands).getFirst().shape(), from, steps));
    }

    @Override
    public Tensor transpose(Call call, int operand, Tensor ct) {
        List<Pad.Margin> margins = new ArrayList<>();
        for (int axis = 0; axis < ranges.size(); axis++) {
            margins.add(margin(ranges.get(axis), call.x().dim(axis)));
        }
        return ct.apply(new Pad(margins, 0));
    }

    private static Pad.Margin margin(Range range, long size) {
        if (range.count() == 0) {
            return new Pad.Margin(size, 0, 0);
        }
        long last = range.start() + (range.count() - 1) * range.step();
        return new Pad.Margin(range.start(), size - last - 1, range.step() - 1);
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        List<Range> all = new ArrayList<>(List.of(Range.whole(operands.size())));
        all.addAll(ranges);
        return List.of(operands.x().apply(new Slice(all)));
    }

    @Override
    public String formula() {
        return "every step-th element of x from start to stop";
    }

    @Override
    public String vanishes(int operand) {
        return "to elements outside of the slice";
    }

    @Override
    public String onnx() {
        return "Slice";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Slice(List.of(new Range(1, 3, 1), new Range(0, 2, 1))))
                        .normal(3, 4),
                Sample.of(new Slice(List.of(new Range(1, 6, 2)))).normal(7),
                Sample.of(new Slice(List.of(new Range(2, 2, 1)))).normal(4));
    }
}
