package dev.adjoint.op.movement;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.*;
import java.util.*;
import java.util.stream.IntStream;

/// A fill value put before, after and between the elements along every axis. The transpose is a slice.
public record Pad(List<Margin> margins, double value) implements Movement {
    /// How many fill values go before the first element, after the last, and between two neighbours.
    public record Margin(long low, long high, long interior) {
        public Margin {
            if (low < 0 || high < 0 || interior < 0) {
                throw new InvalidArgument(
                        "padding needs margins of at least 0, not " + low + ", " + high + ", " + interior);
            }
        }

        /// No padding.
        public static Margin none() {
            return new Margin(0, 0, 0);
        }

        /// The extent of an axis after padding.
        ///
        /// @throws InvalidArgument if it is more than a signed 64-bit number
        public long extent(long size) {
            try {
                long between = Math.multiplyExact(Math.max(0, size - 1), interior);
                return Math.addExact(Math.addExact(low, high), Math.addExact(size, between));
            } catch (ArithmeticException e) {
                throw new InvalidArgument("an axis of extent " + size + " with padding of " + low + ", " + high + ", "
                        + interior + " is longer than 2⁶³");
            }
        }
    }

    public Pad {
        margins = List.copyOf(margins);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType x = operands.getFirst();
        if (x.rank() != margins.size()) {
            throw new ShapeMismatch(name(), operands, margins.size() + " margins were given for " + x.rank() + " axes");
        }
        long[] dims = IntStream.range(0, x.rank())
                .mapToLong(axis -> margins.get(axis).extent(x.dim(axis)))
                .toArray();
        return List.of(x.withShape(Shape.of(dims)));
    }

    @Override
    public List<Region> regions(List<TensorType> operands) {
        long[] strides = infer(operands).getFirst().shape().strides();
        long to = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            to += margins.get(axis).low() * strides[axis];
            strides[axis] *= margins.get(axis).interior() + 1;
        }
        return List.of(Region.write(0, operands.getFirst().shape(), to, strides));
    }

    @Override
    public double fill() {
        return value;
    }

    @Override
    public Movement linear() {
        return new Pad(margins, 0);
    }

    @Override
    public Tensor transpose(Call call, int operand, Tensor ct) {
        List<Slice.Range> ranges = new ArrayList<>();
        for (int axis = 0; axis < margins.size(); axis++) {
            Margin margin = margins.get(axis);
            long size = call.x().dim(axis);
            long step = margin.interior() + 1;
            long stop = size == 0 ? margin.low() : margin.low() + (size - 1) * step + 1;
            ranges.add(new Slice.Range(margin.low(), stop, step));
        }
        return ct.apply(new Slice(ranges));
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        List<Margin> all = new ArrayList<>(List.of(Margin.none()));
        all.addAll(margins);
        return List.of(operands.x().apply(new Pad(all, value)));
    }

    @Override
    public String formula() {
        return "x with a fill value around and between its elements";
    }

    @Override
    public String onnx() {
        return "Pad";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Pad(List.of(new Margin(1, 0, 0), new Margin(0, 2, 0)), 0))
                        .normal(2, 3),
                Sample.of(new Pad(List.of(new Margin(1, 1, 2)), 5)).normal(3),
                Sample.of(new Pad(List.of(new Margin(1, 1, 1)), 0)).normal(0));
    }
}
