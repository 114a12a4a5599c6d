package dev.adjoint.op.indexing;

import dev.adjoint.op.Batched;
import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Indices of which some have gained a batch axis in front. Where tensor and indices both have one, the batch is one more
/// indexed axis: example b reads and writes at (b, i).
///
/// @param axes the indexed axes, without the batch
/// @param operands tensor and indices, and whatever follows them
record BatchedIndices(List<Integer> axes, Batched operands) {
    boolean areMapped() {
        return IntStream.rangeClosed(1, axes.size()).anyMatch(operands::isMapped);
    }

    /// The rank of all indices together, without the batch.
    int rank() {
        return IntStream.rangeClosed(1, axes.size()).map(operands::rank).max().orElse(0);
    }

    /// The same axes behind a batch.
    List<Integer> shifted() {
        return axes.stream().map(axis -> axis + 1).toList();
    }

    /// The same axes behind a batch, and the batch.
    List<Integer> withBatch() {
        List<Integer> all = new ArrayList<>(List.of(0));
        all.addAll(shifted());
        return all;
    }

    List<Tensor> plain() {
        return operands.operands().subList(1, 1 + axes.size());
    }

    /// The indices so that they broadcast together with the batch in front.
    List<Tensor> aligned() {
        return IntStream.rangeClosed(1, axes.size()).mapToObj(this::aligned).toList();
    }

    private Tensor aligned(int operand) {
        Tensor indices = operands.operands().get(operand);
        if (!operands.isMapped(operand)) {
            return indices;
        }
        Shape own = indices.shape().part(1, indices.rank());
        return indices.reshape(own.padded(rank()).prepend(operands.size()));
    }

    /// The number of the example, then the indices.
    List<Tensor> withExamples() {
        Shape column = Shape.of(operands.size()).append(Shape.scalar().padded(rank()));
        List<Tensor> all = new ArrayList<>();
        all.add(operands.x().create(new Iota(new TensorType(DType.I64, column), 0)));
        all.addAll(aligned());
        return all;
    }

    /// The axes (batch, before, indices, …) as (batch, indices, before, …).
    Permutation indicesFirst(int rank) {
        List<Integer> order = new ArrayList<>(List.of(0));
        int before = axes.getFirst();
        IntStream.range(0, rank()).forEach(i -> order.add(1 + before + i));
        IntStream.range(0, before).forEach(i -> order.add(1 + i));
        IntStream.range(1 + before + rank(), rank).forEach(order::add);
        return new Permutation(order);
    }
}
