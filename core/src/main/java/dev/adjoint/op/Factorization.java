package dev.adjoint.op;

import dev.adjoint.op.linalg.Cholesky;
import dev.adjoint.op.linalg.Det;
import dev.adjoint.op.linalg.Eigh;
import dev.adjoint.op.linalg.InverseGaps;
import dev.adjoint.op.linalg.MatrixCall;
import dev.adjoint.op.linalg.MatrixExp;
import dev.adjoint.op.linalg.Pinv;
import dev.adjoint.op.linalg.Qr;
import dev.adjoint.op.linalg.SlogDet;
import dev.adjoint.op.linalg.Solve;
import dev.adjoint.op.linalg.Svd;
import dev.adjoint.op.linalg.TriangularSolve;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Operators on whole matrices that are computed by factoring them. The last two axes are rows and columns; the axes before
/// them are a batch of independent matrices.
///
/// The operator states how one matrix is computed and its forward rule, in the vocabulary of [Tensor]. The reverse rule is
/// the transpose of the forward rule, which the transformation finds by going back through it.
///
/// A matrix with elements that are NaN or infinite has results of NaN; one that has no result is refused by name.
public sealed interface Factorization extends Op
        permits Cholesky, TriangularSolve, Solve, Det, SlogDet, Qr, Eigh, Svd, Pinv, MatrixExp, InverseGaps {
    /// The tangents of the results. Called only if at least one operand moves.
    List<Tensor> jvp(Call call, Tangents tangents);

    /// The cotangent of an operand, for operators with one result whose forward rule by this operand applies the operator
    /// itself, so that going back through the rule would never end.
    default Optional<Tensor> vjp(Call call, int operand, Tensor cotangent) {
        return Optional.empty();
    }

    /// The same operator on operands that have, where [Batched#isMapped], gained a batch axis in front; so have the results.
    default List<Tensor> batch(Batched operands) {
        return operands.x().apply(this, operands.repeated());
    }

    /// The forward rule as mathematics, as it stands in the operator table.
    String derivative();

    /// How many axes at the end make up one problem: 2 for a matrix, 1 for a vector.
    default int axes() {
        return 2;
    }

    /// Computes one matrix of the batch.
    ///
    /// @throws dev.adjoint.tensor.FactorizationFailure if it has no result
    void compute(MatrixCall call);

    /// Writes the results for operands of the given types.
    ///
    /// @throws dev.adjoint.tensor.FactorizationFailure naming the first matrix that has no result
    default void evaluate(List<TensorType> types, List<Elements> operands, List<Elements> out) {
        var results = new MatrixCall.Results(infer(types), out);
        long batch = types.getFirst().shape().leading(axes()).count();
        for (int place = 0; place < batch; place++) {
            MatrixCall.run(this, types, place, operands, results);
        }
    }
}
