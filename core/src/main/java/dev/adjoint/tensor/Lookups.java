package dev.adjoint.tensor;

import dev.adjoint.op.indexing.Gather;
import dev.adjoint.op.indexing.Scatter;
import dev.adjoint.op.indexing.Scatter.Combine;
import dev.adjoint.op.source.Iota;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Reading and writing at computed places.
public interface Lookups extends Algebra {
    /// [Gather]: the slices at `indices` along an axis.
    default Tensor gather(int axis, Tensor indices) {
        return gather(List.of(type().axis("gather", axis)), List.of(indices));
    }

    /// [Gather]: what stands at the places that the indices name together, one tensor of indices for every axis.
    default Tensor gather(List<Integer> axes, List<Tensor> indices) {
        List<Tensor> operands = new ArrayList<>(List.of((Tensor) this));
        operands.addAll(indices);
        return apply(new Gather(axes), operands).getFirst();
    }

    /// [Scatter]: this tensor with `updates` combined into its slices at `indices` along an axis.
    default Tensor scatter(Combine combine, int axis, Tensor indices, Tensor updates) {
        return scatter(combine, List.of(type().axis("scatter", axis)), List.of(indices), updates);
    }

    /// [Scatter] at the places that the indices name together, one tensor of indices for every axis.
    default Tensor scatter(Combine combine, List<Integer> axes, List<Tensor> indices, Tensor updates) {
        List<Tensor> operands = new ArrayList<>(List.of((Tensor) this));
        operands.addAll(indices);
        operands.add(updates);
        return apply(new Scatter(axes, combine), operands).getFirst();
    }

    /// [Scatter] with [Combine#ADD]: this tensor with `updates` added at `indices` along an axis.
    default Tensor scatterAdd(int axis, Tensor indices, Tensor updates) {
        return scatter(Combine.ADD, axis, indices, updates);
    }

    /// [Scatter] with [Combine#MULTIPLY].
    default Tensor scatterMultiply(int axis, Tensor indices, Tensor updates) {
        return scatter(Combine.MULTIPLY, axis, indices, updates);
    }

    /// [Scatter] with [Combine#MAX].
    default Tensor scatterMax(int axis, Tensor indices, Tensor updates) {
        return scatter(Combine.MAX, axis, indices, updates);
    }

    /// [Scatter] with [Combine#MIN].
    default Tensor scatterMin(int axis, Tensor indices, Tensor updates) {
        return scatter(Combine.MIN, axis, indices, updates);
    }

    /// [Scatter] with [Combine#SET]: the last of several updates for one place stays.
    default Tensor scatterSet(int axis, Tensor indices, Tensor updates) {
        return scatter(Combine.SET, axis, indices, updates);
    }

    /// The element at an index of its own for every place: y[…,j,…] = x[…,i[…,j,…],…], as `take_along_axis` in NumPy. Along
    /// the other axes the extents of both are equal, or 1 and repeated.
    ///
    /// @throws ShapeMismatch if the ranks differ or the other extents do not fit
    default Tensor takeAlongAxis(int axis, Tensor indices) {
        return gather(everyAxis(), along("takeAlongAxis", axis, indices));
    }

    /// This tensor with `updates` combined into it at an index of its own for every update: the places that
    /// [#takeAlongAxis] reads. The updates have the shape of the indices.
    ///
    /// @throws ShapeMismatch if the ranks differ or the other extents do not fit
    default Tensor putAlongAxis(Combine combine, int axis, Tensor indices, Tensor updates) {
        return scatter(combine, everyAxis(), along("putAlongAxis", axis, indices), updates);
    }

    private List<Integer> everyAxis() {
        return IntStream.range(0, rank()).boxed().toList();
    }

    /// One tensor of indices for every axis: those given for one, the own number along every other.
    private List<Tensor> along(String operator, int axis, Tensor indices) {
        int indexed = type().axis(operator, axis);
        if (indices.rank() != rank()) {
            throw new ShapeMismatch(operator, List.of(type(), indices.type()), "the indices need as many axes");
        }
        List<Tensor> all = new ArrayList<>();
        for (int a = 0; a < rank(); a++) {
            if (a != indexed && dim(a) != indices.dim(a) && dim(a) != 1 && indices.dim(a) != 1) {
                throw new ShapeMismatch(
                        operator,
                        List.of(type(), indices.type()),
                        "extents along axis " + a + " must be equal or 1, not " + dim(a) + " and " + indices.dim(a));
            }
            Shape line = Shape.scalar().padded(rank()).with(a, dim(a));
            all.add(a == indexed ? indices : create(new Iota(new TensorType(DType.I64, line), a)));
        }
        return all;
    }

    /// The rows of this table `[n,…]` at the given numbers: [Gather] along axis 0. The gradient of the table is a scatter-add
    /// of the rows' gradients.
    default Tensor embedding(Tensor numbers) {
        return gather(0, numbers);
    }

    /// The sums of the slices along axis 0 that have the same segment number: yₛ = Σ xⱼ over idⱼ = s; of none, 0.
    ///
    /// @param ids one segment number from 0 to `segments` − 1 for every slice, in any order
    /// @param segments the number of segments
    default Tensor segmentSum(Tensor ids, long segments) {
        return segment(Combine.ADD, 0, ids, segments);
    }

    /// The products of the slices along axis 0 that have the same segment number; of none, 1.
    default Tensor segmentProduct(Tensor ids, long segments) {
        return segment(Combine.MULTIPLY, 1, ids, segments);
    }

    /// The largest elements of the slices along axis 0 that have the same segment number; of none, [DType#lowest].
    default Tensor segmentMax(Tensor ids, long segments) {
        return segment(Combine.MAX, dtype().lowest(), ids, segments);
    }

    /// The smallest elements of the slices along axis 0 that have the same segment number; of none, [DType#highest].
    default Tensor segmentMin(Tensor ids, long segments) {
        return segment(Combine.MIN, dtype().highest(), ids, segments);
    }

    /// The means of the slices along axis 0 that have the same segment number; of none, 0.
    default Tensor segmentMean(Tensor ids, long segments) {
        Tensor sums = segmentSum(ids, segments);
        Tensor ones = constant(1).broadcastTo(ids.shape());
        Tensor counts = ones.segmentSum(ids, segments).maximum(1);
        return sums.div(counts.reshape(counts.shape().append(Shape.scalar().padded(rank() - 1))));
    }

    private Tensor segment(Combine combine, double identity, Tensor ids, long segments) {
        if (rank() == 0 || ids.rank() != 1 || ids.dim(0) != dim(0)) {
            throw new ShapeMismatch(
                    "segments", List.of(type(), ids.type()), "needs one segment number for every slice along axis 0");
        }
        if (segments < 0) {
            throw new InvalidArgument("segments: there are at least 0 segments, not " + segments);
        }
        return constant(identity).broadcastTo(shape().with(0, segments)).scatter(combine, 0, ids, (Tensor) this);
    }
}
