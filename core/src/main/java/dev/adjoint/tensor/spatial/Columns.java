package dev.adjoint.tensor.spatial;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.movement.Fold;
import dev.adjoint.op.movement.Pad;
import dev.adjoint.op.movement.Slice;
import dev.adjoint.op.movement.Unfold;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The elements under a window, laid out as columns.
record Columns(Sliding sliding, Shape taps) {
    /// `[N,C,spatial…]` to `[N,C·|taps|,|positions|]`.
    Tensor of(Tensor x) {
        int rank = taps.rank();
        if (x.rank() != rank + 2) {
            throw new ShapeMismatch(
                    "im2col",
                    List.of(x.type()),
                    "needs " + (rank + 2) + " axes: batch, channels and " + rank + " spatial for a window " + taps);
        }
        Window window = sliding.window("im2col", x.shape().trailing(rank), taps);
        Tensor windows = unfolded(x, window, 0);
        Shape positions = windows.shape().part(2, 2 + rank);
        return windows.permute(exchanged()).reshape(x.dim(0), x.dim(1) * taps.count(), positions.count());
    }

    /// `[…,spatial…]` to `[…,positions…,taps…]`, a fill value around it.
    Tensor unfolded(Tensor x, Window window, double fill) {
        List<Pad.Margin> margins = new ArrayList<>(Collections.nCopies(x.rank() - taps.rank(), Pad.Margin.none()));
        window.axes().forEach(axis -> margins.add(new Pad.Margin(axis.low(), axis.high(), 0)));
        boolean padded = margins.stream().anyMatch(margin -> margin.low() + margin.high() > 0);
        Tensor wide = padded ? x.pad(margins, fill) : x;
        return wide.apply(new Unfold(window.padding(0), taps));
    }

    /// Taps and positions exchanged, either way.
    private Permutation exchanged() {
        int rank = taps.rank();
        return new Permutation(
                Stream.of(IntStream.range(0, 2), IntStream.range(2 + rank, 2 + 2 * rank), IntStream.range(2, 2 + rank))
                        .flatMap(IntStream::boxed)
                        .toList());
    }

    /// `[N,C·|taps|,|positions|]` to `[N,C,spatial…]`.
    Tensor added(Tensor columns, Shape spatial) {
        Window window = sliding.window("col2im", spatial, taps);
        Shape positions = window.positions(spatial, taps);
        boolean fits = columns.rank() == 3
                && taps.count() > 0
                && columns.dim(1) % taps.count() == 0
                && columns.dim(2) == positions.count();
        if (!fits) {
            throw new ShapeMismatch(
                    "col2im",
                    List.of(columns.type()),
                    "needs the columns of a window " + taps + " at " + positions + " positions: [N,C·" + taps.count()
                            + "," + positions.count() + "]");
        }
        Shape apart = Shape.of(columns.dim(0), columns.dim(1) / taps.count());
        Tensor windows = columns.reshape(apart.append(taps).append(positions)).permute(exchanged());
        return cropped(windows.apply(new Fold(window.padding(0), padded(window, spatial))), window, spatial);
    }

    private static Shape padded(Window window, Shape spatial) {
        return Shape.of(IntStream.range(0, spatial.rank())
                .mapToLong(i -> spatial.dim(i)
                        + window.axes().get(i).low()
                        + window.axes().get(i).high())
                .toArray());
    }

    private static Tensor cropped(Tensor padded, Window window, Shape spatial) {
        List<Slice.Range> ranges = new ArrayList<>();
        for (int axis = 0; axis < padded.rank(); axis++) {
            int place = axis - (padded.rank() - spatial.rank());
            ranges.add(
                    place < 0
                            ? Slice.Range.whole(padded.dim(axis))
                            : inside(window.axes().get(place), spatial.dim(place)));
        }
        return padded.slice(ranges);
    }

    private static Slice.Range inside(Window.Axis axis, long size) {
        return new Slice.Range(axis.low(), axis.low() + size, 1);
    }
}
