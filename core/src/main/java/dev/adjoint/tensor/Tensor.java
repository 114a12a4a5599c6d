package dev.adjoint.tensor;

import dev.adjoint.op.movement.Concat;
import dev.adjoint.tensor.einsum.Einsum;
import dev.adjoint.tensor.einsum.Products;
import dev.adjoint.tensor.spatial.Convolutions;
import dev.adjoint.tensor.spatial.Paddings;
import dev.adjoint.tensor.spatial.Poolings;
import dev.adjoint.tensor.spatial.Resamplings;
import java.util.ArrayList;
import java.util.List;

/// A rectangular array of numbers of one type: the interface users write against.
///
/// There are two kinds: `dev.adjoint.run.Array` holds numbers and computes at once; [dev.adjoint.graph.Value] stands for
/// numbers to come and records. The operands decide which of the two happens. Tensors never change.
public interface Tensor
        extends Arithmetic,
                Bits,
                Functions,
                Activations,
                Comparisons,
                Reductions,
                Contractions,
                LinearAlgebra,
                Products,
                Convolutions,
                Poolings,
                Paddings,
                Resamplings,
                Movements,
                Rearrangements,
                Lookups,
                Subscripts,
                Scans,
                Orderings,
                Composites,
                Normalisations,
                Attentions,
                Cells,
                Distances,
                Dropouts,
                Randoms,
                Distributions {
    /// The numbers.
    ///
    /// @throws NotComputed if they are not known yet because a function is being traced
    Elements elements();

    /// Tensors one after the other along an axis.
    ///
    /// @see Concat
    static Tensor concat(int axis, List<? extends Tensor> parts) {
        if (parts.isEmpty()) {
            throw new InvalidArgument("concat needs at least one operand");
        }
        return parts.getFirst().apply(new Concat(axis), parts).getFirst();
    }

    /// Tensors of one shape along a new axis.
    static Tensor stack(int axis, List<? extends Tensor> parts) {
        return concat(axis, parts.stream().map(part -> part.expand(axis)).toList());
    }

    /// Sums of products in Einstein's notation: `einsum("bij,bjk->bik", x, y)` is a batch of matrix products,
    /// `einsum("ii", x)` a trace, `einsum("...ij->...ji", x)` a transpose. [Einsum] has the rules, and shows the order in
    /// which many operands are multiplied.
    ///
    /// @throws InvalidArgument if the subscripts cannot be read, or do not fit the number of operands or of their axes
    /// @throws ShapeMismatch if a label has two extents
    /// @throws DTypeMismatch if the element types differ
    static Tensor einsum(String subscripts, Tensor... operands) {
        return Einsum.of(subscripts).apply(List.of(operands));
    }

    /// The coordinates of a grid: for vectors of extents n₀ … nₖ as many tensors `[n₀,…,nₖ]`, of which number a is vector a
    /// along axis a and constant along the others (`indexing="ij"` in NumPy and PyTorch).
    ///
    /// @throws ShapeMismatch if one has another number of axes than one
    static List<Tensor> meshgrid(Tensor... vectors) {
        List<Long> extents = new ArrayList<>();
        for (Tensor vector : vectors) {
            if (vector.rank() != 1) {
                throw new ShapeMismatch("meshgrid", List.of(vector.type()), "needs vectors");
            }
            extents.add(vector.dim(0));
        }
        Shape grid = Shape.of(extents);
        List<Tensor> coordinates = new ArrayList<>();
        for (int axis = 0; axis < vectors.length; axis++) {
            Shape behind = Shape.scalar().padded(vectors.length - 1 - axis);
            Tensor column = vectors[axis].reshape(vectors[axis].shape().append(behind));
            coordinates.add(column.broadcastTo(grid));
        }
        return List.copyOf(coordinates);
    }
}
