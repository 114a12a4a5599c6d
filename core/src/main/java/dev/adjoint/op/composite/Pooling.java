package dev.adjoint.op.composite;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;
import java.util.stream.IntStream;

/// What the pooling operators share: padding, and the axes of the taps.
final class Pooling {
    private Pooling() {}

    static Tensor pad(Tensor x, Window window, double value) {
        List<Pad.Margin> margins = new ArrayList<>(Collections.nCopies(x.rank() - window.rank(), Pad.Margin.none()));
        window.axes().forEach(a -> margins.add(new Pad.Margin(a.low(), a.high(), 0)));
        return x.apply(new Pad(margins, value));
    }

    /// What lies inside the padding.
    static Tensor crop(Tensor padded, Window window, Shape inside) {
        List<Slice.Range> ranges = new ArrayList<>();
        for (int axis = 0; axis < inside.rank(); axis++) {
            int spatial = axis - (inside.rank() - window.rank());
            long low = spatial < 0 ? 0 : window.axes().get(spatial).low();
            ranges.add(new Slice.Range(low, low + inside.dim(axis), 1));
        }
        return padded.apply(new Slice(ranges));
    }

    /// The last axes, along which a window is reduced.
    static Axes tapAxes(Shape taps) {
        return Axes.of(IntStream.range(-taps.rank(), 0).toArray());
    }

    /// A result with an axis of extent 1 for every tap axis.
    static Tensor overTaps(Tensor y, Shape taps) {
        return y.reshape(y.shape().append(Shape.scalar().padded(taps.rank())));
    }
}
