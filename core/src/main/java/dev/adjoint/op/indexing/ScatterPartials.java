package dev.adjoint.op.indexing;

import dev.adjoint.op.Call;
import dev.adjoint.op.source.Constant;
import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/// The partial derivatives of a [Scatter]: every result element depends on the target's element at its place and on the
/// updates for it, so both are a factor for every element.
///
/// Factors of 0 and 1 select and do not multiply: an infinite cotangent must not turn into NaN where it is not wanted.
///
/// @param call the scatter
/// @param axes its axes
/// @param combine its combination
record ScatterPartials(Call call, List<Integer> axes, Scatter.Combine combine) {
    List<Tensor> indices() {
        return call.operands().subList(1, 1 + axes.size());
    }

    private Tensor updates() {
        return call.operands().getLast();
    }

    /// ∂y/∂x · t, for t of the shape of x.
    Tensor ofTarget(Tensor t) {
        return switch (combine) {
            case SET -> written().where(t.constant(0), t);
            case ADD -> t;
            case MULTIPLY -> t.mul(call.x().onesLike().scatter(combine, axes, indices(), updates()));
            case MAX, MIN -> call.x().eq(call.out()).where(t.div(winners()), t.constant(0));
        };
    }

    /// ∂y/∂u · t, for t of the shape of the updates.
    Tensor ofUpdates(Tensor t) {
        return switch (combine) {
            case SET -> last().where(t, t.constant(0));
            case ADD -> t;
            case MULTIPLY -> t.mul(call.x().gather(axes, indices())).mul(others());
            case MAX, MIN -> updates().eq(read(call.out())).where(t.div(read(winners())), t.constant(0));
        };
    }

    private Tensor read(Tensor y) {
        return y.gather(axes, indices());
    }

    /// How many of x and the updates for a place are its extreme.
    private Tensor winners() {
        Tensor updates = updates().eq(read(call.out())).to(call.x().dtype());
        return call.x().eq(call.out()).to(call.x().dtype()).scatter(Scatter.Combine.ADD, axes, indices(), updates);
    }

    private Shape indexed() {
        return Shape.of(axes.stream().map(call.x()::dim).toList());
    }

    private List<Integer> all() {
        return IntStream.range(0, axes.size()).boxed().toList();
    }

    /// The common shape of the indices.
    private Shape common() {
        int rank = updates().rank() - call.x().rank() + axes.size();
        return updates().shape().part(axes.getFirst(), axes.getFirst() + rank);
    }

    /// The number of every index in the order of writing.
    private Tensor numbers() {
        Shape common = common();
        TensorType counting = TensorType.of(DType.I64, common.count());
        return call.x().create(new Iota(counting, 0)).reshape(common);
    }

    /// Whether a place has an update, broadcastable to x.
    private Tensor written() {
        Tensor none = call.x().create(Constant.scalar(DType.BOOL, 0)).broadcastTo(indexed());
        Tensor any = none.not().gather(all(), indices());
        Shape shape = call.x().shape();
        for (int axis = 0; axis < shape.rank(); axis++) {
            shape = axes.contains(axis) ? shape : shape.with(axis, 1);
        }
        return none.scatter(Scatter.Combine.SET, all(), indices(), any).reshape(shape);
    }

    /// Whether an update is the last for its place, broadcastable to the updates.
    private Tensor last() {
        Tensor numbers = numbers();
        Tensor writer = numbers.constant(0)
                .broadcastTo(indexed())
                .scatter(Scatter.Combine.SET, all(), indices(), numbers)
                .gather(all(), indices());
        return writer.eq(numbers).reshape(numbers.shape().append(behind()));
    }

    /// Ones for the axes of the updates behind those of the indices.
    private Shape behind() {
        int rank = updates().rank() - axes.getFirst() - common().rank();
        return Shape.scalar().padded(rank);
    }

    /// For every update the product of the others for its place.
    private Tensor others() {
        int first = axes.getFirst();
        int rank = common().rank();
        Tensor rows = updates();
        for (int k = 0; k < rank; k++) {
            rows = rows.moveAxis(first + k, k);
        }
        Shape moved = rows.shape();
        Shape flat = Shape.of(common().count()).append(moved.part(rank, moved.rank()));
        Tensor products = Segments.productOfOthers(rows.reshape(flat), places()).reshape(moved);
        for (int k = rank - 1; k >= 0; k--) {
            products = products.moveAxis(k, first + k);
        }
        return products;
    }

    /// One number for every place, `[count of indices]`.
    private Tensor places() {
        long[] strides = indexed().strides();
        Tensor sum = numbers().mul(0);
        for (int k = 0; k < axes.size(); k++) {
            sum = sum.add(indices().get(k).to(DType.I64).mul((double) strides[k]));
        }
        return sum.reshape(common().count());
    }
}
