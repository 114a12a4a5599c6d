package dev.adjoint.tensor.spatial;

import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A tensor `[N,C,spatial…]` read at the points of a grid `[N,points…,d]`: the sum over the corners of the cell around each
/// point of what stands there times its weight.
///
/// @param x the tensor
/// @param grid a coordinate from −1 to 1 for every spatial axis, the innermost axis first
/// @param options how
record GridReading(Tensor x, Tensor grid, GridSampling options) {
    GridReading {
        int spatial = x.rank() - 2;
        boolean fits = spatial > 0
                && grid.rank() >= 2
                && grid.dim(0) == x.dim(0)
                && grid.dim(-1) == spatial
                && x.shape().trailing(spatial).count() > 0
                && x.dtype().isFloating()
                && grid.dtype() == x.dtype();
        if (!fits) {
            throw new ShapeMismatch(
                    "gridSample",
                    List.of(x.type(), grid.type()),
                    "needs batch, channels and spatial axes with elements, and a grid of the same floating type and batch with"
                            + " a coordinate for every spatial axis along its last axis");
        }
    }

    /// One neighbour of every point along one axis: where it is, and its weight.
    private record Neighbour(Tensor place, Tensor weight) {}

    Tensor read() {
        List<List<Neighbour>> along =
                IntStream.range(0, x.rank() - 2).mapToObj(this::neighbours).toList();
        Tensor channelsLast = x.moveAxis(1, -1);
        Tensor sum = corners(along).stream()
                .map(corner -> at(channelsLast, corner))
                .reduce(Tensor::add)
                .orElseThrow();
        return sum.moveAxis(-1, 1);
    }

    /// The neighbours of every point along one spatial axis.
    private List<Neighbour> neighbours(int axis) {
        Tensor position = position(axis);
        if (options.method() == Interpolation.Method.NEAREST) {
            return List.of(neighbour(axis, position.round(), position.onesLike()));
        }
        Tensor low = position.floor();
        Tensor rest = position.sub(low);
        return List.of(neighbour(axis, low, rest.rsub(1)), neighbour(axis, low.add(1), rest));
    }

    /// The coordinate in elements.
    private Tensor position(int axis) {
        double n = x.dim(2 + axis);
        Tensor g = grid.take(-1, x.rank() - 3 - axis);
        Tensor position = options.coordinates() == Interpolation.Coordinates.ALIGN_CORNERS
                ? g.add(1).mul((n - 1) / 2)
                : g.add(1).mul(n / 2).sub(0.5);
        return options.outside() == GridSampling.Outside.BORDER ? position.clamp(0, n - 1) : position;
    }

    /// Outside, the weight is 0 and the place any inside.
    private Neighbour neighbour(int axis, Tensor place, Tensor weight) {
        double last = x.dim(2 + axis) - 1;
        Tensor inside = place.ge(0).and(place.le(last));
        Tensor counted =
                options.outside() == GridSampling.Outside.ZEROS ? inside.where(weight, weight.constant(0)) : weight;
        return new Neighbour(place.clamp(0, last).to(DType.I64), counted);
    }

    /// Every choice of one neighbour along each axis.
    private static List<List<Neighbour>> corners(List<List<Neighbour>> along) {
        List<List<Neighbour>> corners = List.of(List.of());
        for (List<Neighbour> choices : along) {
            List<List<Neighbour>> longer = new ArrayList<>();
            for (List<Neighbour> corner : corners) {
                for (Neighbour choice : choices) {
                    List<Neighbour> next = new ArrayList<>(corner);
                    next.add(choice);
                    longer.add(next);
                }
            }
            corners = longer;
        }
        return corners;
    }

    /// What stands at a corner of every point, `[N,points…,C]`, times its weights.
    private Tensor at(Tensor channelsLast, List<Neighbour> corner) {
        Shape batch = Shape.scalar().padded(grid.rank() - 1).with(0, grid.dim(0));
        List<Tensor> places = new ArrayList<>(List.of(x.create(new Iota(new TensorType(DType.I64, batch), 0))));
        corner.forEach(neighbour -> places.add(neighbour.place));
        List<Integer> axes = IntStream.range(0, places.size()).boxed().toList();
        Tensor weight =
                corner.stream().map(Neighbour::weight).reduce(Tensor::mul).orElseThrow();
        return channelsLast.gather(axes, places).mul(weight.expand(-1));
    }
}
