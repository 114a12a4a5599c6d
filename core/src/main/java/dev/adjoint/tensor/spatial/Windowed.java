package dev.adjoint.tensor.spatial;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.indexing.Scatter.Combine;
import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.stream.IntStream;

/// A tensor under a window over its last axes.
///
/// @param operator who asks, for messages
/// @param floor the window without what [Pool.Rounding#CEIL] adds
/// @param window the window
record Windowed(String operator, Tensor x, Pool pool, Window floor, Window window) {
    static Windowed of(String operator, Tensor x, Pool pool) {
        return new Windowed(operator, x, pool, pool.floor(operator, x.type()), pool.window(operator, x.type()));
    }

    private Shape taps() {
        return pool.taps();
    }

    private int rank() {
        return taps().rank();
    }

    private Shape spatial() {
        return x.shape().trailing(rank());
    }

    private Shape positions() {
        return window.positions(spatial(), taps());
    }

    /// `[…,positions…,taps…]`, a fill value in the padding.
    private Tensor windows(Tensor of, double fill) {
        return new Columns(pool.sliding(), taps()).unfolded(of, window, fill);
    }

    Tensor norm(double order) {
        return windows(x, 0).norm(order, Axes.of(IntStream.range(-rank(), 0).toArray()));
    }

    /// The mean over all taps, corrected along every axis by the share of taps that count.
    Tensor average(Pool.Padded padded) {
        Tensor mean = x.averagePool(window, taps());
        for (int i = 0; i < rank(); i++) {
            double[] factors = factors(i, padded);
            if (IntStream.range(0, factors.length).anyMatch(p -> factors[p] != 1)) {
                mean = mean.mul(Numbers.along(mean, mean.rank() - rank() + i, factors));
            }
        }
        return mean;
    }

    /// All taps over those that count, for every position along an axis.
    private double[] factors(int axis, Pool.Padded padded) {
        Window.Axis counted = floor.axes().get(axis);
        long size = spatial().dim(axis);
        long from = padded == Pool.Padded.COUNTED ? -counted.low() : 0;
        long to = padded == Pool.Padded.COUNTED ? size + counted.high() : size;
        double[] factors = new double[Math.toIntExact(positions().dim(axis))];
        for (int p = 0; p < factors.length; p++) {
            factors[p] = (double) taps().dim(axis) / counted(axis, p, from, to);
        }
        return factors;
    }

    /// How many taps at a position read from a range.
    private long counted(int axis, long position, long from, long to) {
        Window.Axis along = window.axes().get(axis);
        long count = 0;
        for (long k = 0; k < taps().dim(axis); k++) {
            long place = position * along.stride() + k * along.dilation() - along.low();
            count += place >= from && place < to ? 1 : 0;
        }
        if (count == 0) {
            throw new InvalidArgument(operator + ": position " + position + " along spatial axis " + axis + " of "
                    + x.type() + " lies wholly in the padding; pad less, or dilate less");
        }
        return count;
    }

    MaxPooled largest() {
        Shape positions = positions();
        for (int axis = 0; axis < rank(); axis++) {
            for (long p = 0; p < positions.dim(axis); p++) {
                counted(axis, p, 0, spatial().dim(axis));
            }
        }
        Tensor windows = windows(x, Double.NEGATIVE_INFINITY);
        Shape flat = x.shape().leading(rank()).append(positions);
        Tensor winner = windows.reshape(flat.append(taps().count())).argmax(-1);
        Tensor indices = places().takeAlongAxis(-1, winner.expand(-1)).squeeze(-1);
        return new MaxPooled(read(indices), indices);
    }

    /// For every position and tap the place it reads; −1 in the padding, which never wins.
    private Tensor places() {
        long count = spatial().count();
        Tensor plane = x.create(new Iota(TensorType.of(DType.I64, count), 0)).reshape(spatial());
        Tensor read = windows(plane, -1);
        Shape ones = Shape.scalar().padded(x.rank() - rank());
        return read.reshape(ones.append(positions()).append(taps().count()));
    }

    private Tensor read(Tensor indices) {
        Shape lead = x.shape().leading(rank());
        Tensor flat = x.reshape(lead.append(spatial().count()));
        Tensor places = indices.reshape(lead.append(positions().count()));
        return flat.takeAlongAxis(-1, places).reshape(indices.shape());
    }

    static Tensor unpooled(Tensor values, Tensor indices, Shape spatial) {
        Shape lead = values.shape().leading(spatial.rank());
        Shape flat = lead.append(values.shape().trailing(spatial.rank()).count());
        Tensor zeros = values.constant(0).broadcastTo(lead.append(spatial.count()));
        return zeros.putAlongAxis(Combine.SET, -1, indices.reshape(flat), values.reshape(flat))
                .reshape(lead.append(spatial));
    }
}
