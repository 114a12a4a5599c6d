package dev.adjoint.nn;

import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Losses that bring like vectors together and push unlike ones apart. Vectors lie along the last axis.
public final class EmbeddingLosses {
    /// What PyTorch adds to the squared lengths of the cosine.
    private static final double COSINE_EPSILON = 1e-12;

    private EmbeddingLosses() {}

    /// Vectors that are compared, `[…,D]` each.
    public record Pairs(Tensor first, Tensor second) {
        /// The Euclidean distances, `[…]`.
        Tensor distances() {
            return first.pairwiseDistance(second, 2, 0);
        }

        // The squared lengths are moved away from 0, as in PyTorch, so the root has a slope.
        private Tensor cosines() {
            Tensor lengths = squares(first).mul(squares(second)).sqrt();
            return first.mul(second).sum(-1).div(lengths);
        }

        private static Tensor squares(Tensor x) {
            return x.square().sum(-1).add(COSINE_EPSILON);
        }
    }

    /// Vectors x, one p that should be near each and one n that should be far, `[…,D]` each.
    public record Triplets(Tensor anchors, Tensor positives, Tensor negatives) {}

    /// 1 − cos(x, z) where the label is 1, max(0, cos(x, z) − m) where it is −1, with
    /// cos(x, z) = x·z/√((‖x‖² + ε)·(‖z‖² + ε)), ε = 1e-12. `cosine_embedding_loss` of PyTorch.
    ///
    /// @param labels 1 for like pairs, −1 for unlike ones, `[…]`
    /// @param margin m, from −1 to 1
    /// @throws ShapeMismatch if labels and pairs do not fit
    public static Tensor cosineEmbedding(Pairs pairs, Tensor labels, double margin, Aggregation aggregation) {
        Tensor cosines = pairs.cosines();
        check("cosineEmbedding", cosines, labels);
        Tensor unlike = cosines.sub(margin).relu();
        return aggregation.of(labels.eq(1).where(cosines.rsub(1), unlike));
    }

    /// ½·d² where the label is 1, ½·max(0, m − d)² where it is 0, with d = ‖x − z‖.
    ///
    /// At d = 0 the derivative of both is 0. Source: Hadsell, Chopra, LeCun, "Dimensionality reduction by learning an
    /// invariant mapping", 2006, where like pairs have label 0.
    ///
    /// @param labels 1 for like pairs, 0 for unlike ones, `[…]`
    /// @param margin m, above 0
    /// @throws ShapeMismatch if labels and pairs do not fit
    public static Tensor contrastive(Pairs pairs, Tensor labels, double margin, Aggregation aggregation) {
        Tensor square = pairs.first().sub(pairs.second()).square().sum(-1);
        check("contrastive", square, labels);
        Tensor unlike = pairs.distances().rsub(margin).relu().square();
        return aggregation.of(labels.eq(1).where(square, unlike).mul(0.5));
    }

    /// max(0, ‖x − p + ε‖ − ‖x − n + ε‖ + m), ε = 1e-6. `triplet_margin_loss` of PyTorch.
    ///
    /// @param margin m, above 0
    public static Tensor triplet(Triplets triplets, double margin, Aggregation aggregation) {
        return aggregation.of(violation(triplets, distance(triplets.anchors(), triplets.negatives()), margin));
    }

    /// [#triplet] with the negative compared to the nearer of x and p: max(0, ‖x − p + ε‖ − min(‖x − n + ε‖, ‖p − n + ε‖) + m).
    /// `triplet_margin_loss` of PyTorch with `swap`.
    ///
    /// Source: Balntas, Riba, Ponsa, Mikolajczyk, "Learning local feature descriptors with triplets", 2016.
    ///
    /// @param margin m, above 0
    public static Tensor swappedTriplet(Triplets triplets, double margin, Aggregation aggregation) {
        Tensor nearer = distance(triplets.anchors(), triplets.negatives())
                .minimum(distance(triplets.positives(), triplets.negatives()));
        return aggregation.of(violation(triplets, nearer, margin));
    }

    private static Tensor violation(Triplets triplets, Tensor toNegative, double margin) {
        return distance(triplets.anchors(), triplets.positives())
                .sub(toNegative)
                .add(margin)
                .relu();
    }

    private static Tensor distance(Tensor x, Tensor z) {
        return x.pairwiseDistance(z, 2, 1e-6);
    }

    private static void check(String loss, Tensor compared, Tensor labels) {
        if (!compared.shape().equals(labels.shape())) {
            throw new ShapeMismatch(
                    loss, List.of(compared.type(), labels.type()), "there must be one label for every pair");
        }
    }
}
