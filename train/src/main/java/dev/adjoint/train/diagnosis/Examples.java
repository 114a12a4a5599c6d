package dev.adjoint.train.diagnosis;

import dev.adjoint.graph.Value;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// Batches of other sizes. Tensors whose first extent is that of the batch's first tensor are counted by examples, all others
/// stay.
final class Examples {
    private Examples() {}

    /// How many examples a batch has; 1 if its first tensor has no axes.
    static long count(Object batch) {
        return Tree.leaves(batch).stream()
                .findFirst()
                .filter(leaf -> leaf.rank() > 0)
                .map(leaf -> leaf.dim(0))
                .orElse(1L);
    }

    /// The first examples of a batch, or all if there are not more.
    static <B> B first(B batch, long wanted) {
        long count = count(batch);
        return wanted >= count
                ? batch
                : Tree.map(batch, leaf -> isCounted(leaf, count) ? leaf.slice(0, 0, wanted) : leaf);
    }

    /// A batch of another size that has types and no numbers.
    static <B> B typed(B batch, long size) {
        long count = count(batch);
        return Tree.map(
                batch,
                leaf -> Value.input(
                        "batch",
                        isCounted(leaf, count)
                                ? leaf.type().withShape(leaf.shape().with(0, size))
                                : leaf.type()));
    }

    private static boolean isCounted(Tensor leaf, long count) {
        return leaf.rank() > 0 && leaf.dim(0) == count;
    }
}
