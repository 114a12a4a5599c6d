package dev.adjoint.tensor.einsum;

import dev.adjoint.tensor.Algebra;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// Products of tensors by their axes; what is more than these say says [Tensor#einsum].
public interface Products extends Algebra {
    /// The inner product of two vectors: Σᵢ xᵢ·yᵢ.
    ///
    /// @throws ShapeMismatch if one is no vector or the extents differ
    default Tensor dot(Tensor y) {
        if (rank() != 1 || y.rank() != 1 || dim(0) != y.dim(0)) {
            throw new ShapeMismatch(
                    "dot",
                    List.of(type(), y.type()),
                    "needs two vectors of equal extent; matmul multiplies matrices, inner the last axes");
        }
        return ((Tensor) this).mul(y).sum();
    }

    /// The products of all elements with all elements: `z[i…,j…] = x[i…]·y[j…]`.
    default Tensor outer(Tensor y) {
        return new AxisPairs(List.of(), List.of()).product("outer", (Tensor) this, y);
    }

    /// The sums of products over the last axis of both: `z[i…,j…] = Σₖ x[i…,k]·y[j…,k]`; the product with a scalar.
    ///
    /// @throws ShapeMismatch if the last extents differ
    default Tensor inner(Tensor y) {
        boolean scalar = rank() == 0 || y.rank() == 0;
        List<Integer> last = scalar ? List.of() : List.of(-1);
        return new AxisPairs(last, last).product("inner", (Tensor) this, y);
    }

    /// The sums of products over so many axes: the last ones of this tensor, the first ones of the other.
    ///
    /// @throws InvalidArgument if one has fewer axes
    /// @throws ShapeMismatch if their extents differ
    default Tensor tensordot(Tensor y, int axes) {
        if (axes < 0 || axes > rank() || axes > y.rank()) {
            throw new InvalidArgument(
                    "tensordot: " + axes + " axes cannot be summed over for " + type() + " and " + y.type());
        }
        List<Integer> left = IntStream.range(rank() - axes, rank()).boxed().toList();
        List<Integer> right = IntStream.range(0, axes).boxed().toList();
        return new AxisPairs(left, right).product("tensordot", (Tensor) this, y);
    }

    /// The sums of products over pairs of axes: `left` of this tensor, `right` of the other. The result has this tensor's
    /// other axes, then the other's. Negative axes count from the end.
    ///
    /// @throws InvalidArgument if there are not as many on both sides, or one is named twice
    /// @throws ShapeMismatch if the extents of a pair differ
    default Tensor tensordot(Tensor y, List<Integer> left, List<Integer> right) {
        return new AxisPairs(left, right).product("tensordot", (Tensor) this, y);
    }

    /// The products of matrices and vectors: zᵢ = Σₖ xᵢₖ·yₖ for `[…,n,k]` and `[…,k]`; leading axes broadcast.
    ///
    /// @throws ShapeMismatch if the extents differ, or this has no matrix or the other no vector
    default Tensor matVec(Tensor y) {
        if (rank() < 2 || y.rank() < 1 || dim(-1) != y.dim(-1)) {
            throw new ShapeMismatch(
                    "matVec",
                    List.of(type(), y.type()),
                    "columns of the matrices (axis -1) must equal elements of the vectors (axis -1)");
        }
        return ((Tensor) this).matmul(y.expand(-1)).squeeze(-1);
    }
}
