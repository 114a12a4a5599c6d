package dev.adjoint.tensor;

import java.util.List;

/// How alike two tensors are, or how far apart.
public interface Distances extends Algebra {
    /// The cosine of the angle between vectors along an axis: y = x·z / (max(‖x‖, ε)·max(‖z‖, ε)). Operands broadcast.
    ///
    /// Matches `cosine_similarity` of PyTorch. A vector shorter than ε has similarity x·z/(ε·‖z‖), 0 for a zero vector, with
    /// finite derivatives.
    ///
    /// @param epsilon the smallest length that is divided by, above 0; PyTorch takes 1e-8. Its square must be a number of the
    /// element type, so f16 needs 1e-3.
    /// @throws InvalidArgument if epsilon is not above 0
    default Tensor cosineSimilarity(Tensor other, int axis, double epsilon) {
        if (!(epsilon > 0)) {
            throw new InvalidArgument("cosineSimilarity: epsilon must be above 0, not " + epsilon);
        }
        Tensor x = (Tensor) this;
        Tensor product = x.mul(other).sum(axis);
        return product.div(length(x, axis, epsilon)).div(length(other, axis, epsilon));
    }

    // The square is held from below, not the root: its slope at zero is infinite.
    private static Tensor length(Tensor x, int axis, double epsilon) {
        return x.square().sum(axis).maximum(epsilon * epsilon).sqrt();
    }

    /// The distance between vectors along the last axis in the p-norm: y = ‖x − z + ε‖ₚ. Operands broadcast.
    ///
    /// Matches `pairwise_distance` of PyTorch, whose ε is 1e-6; with ε = 0 the derivative at distance 0 is 0.
    ///
    /// @param order p, at least 0, possibly infinite
    /// @param epsilon what is added to every difference
    /// @throws InvalidArgument if the order is negative
    default Tensor pairwiseDistance(Tensor other, double order, double epsilon) {
        Tensor difference = ((Tensor) this).sub(other);
        return (epsilon == 0 ? difference : difference.add(epsilon)).norm(order, Axes.of(-1));
    }

    /// The distances of all pairs of vectors in the p-norm: y[…,i,j] = ‖x[…,i] − z[…,j]‖ₚ, from `[…,P,M]` and `[…,R,M]` to
    /// `[…,P,R]`. The derivative at distance 0 is 0. Matches `cdist` of PyTorch.
    ///
    /// @param order p, at least 0, possibly infinite
    /// @throws ShapeMismatch if an operand has fewer than two axes, or the vectors differ in length
    /// @throws InvalidArgument if the order is negative
    default Tensor cdist(Tensor other, double order) {
        if (rank() < 2 || other.rank() < 2) {
            throw new ShapeMismatch(
                    "cdist", List.of(type(), other.type()), "both operands must be lists of vectors […,n,M]");
        }
        if (dim(-1) != other.dim(-1)) {
            throw new ShapeMismatch(
                    "cdist",
                    List.of(type(), other.type()),
                    "the vectors (axis -1) must be of one length, not " + dim(-1) + " and " + other.dim(-1));
        }
        return ((Tensor) this).expand(-2).pairwiseDistance(other.expand(-3), order, 0);
    }
}
