package dev.adjoint.nn.recurrent;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Sequences of different lengths in one batch: a mask `[N,T]` of booleans says which steps are there. Where a step is
/// missing the state stays, and the result is 0.
///
/// @param <S> the state, a tensor or a tree of tensors
public interface Masked<S> extends Recurrent<S> {
    /// The results and the state after the last step that is there.
    ///
    /// @param mask `[N,T]`, booleans
    Steps<S> run(S state, Tensor x, Tensor mask);

    /// The mask of sequences that begin together and have these lengths, `[N,T]`: true where t < lengthₙ.
    ///
    /// @param lengths `[N]`, integers
    /// @param steps T, the longest length
    static Tensor mask(Tensor lengths, long steps) {
        if (!lengths.dtype().isInteger() || lengths.rank() != 1) {
            throw new InvalidArgument("the lengths of sequences are integers [N], not " + lengths.type());
        }
        Tensor time = lengths.iota(TensorType.of(lengths.dtype(), steps), 0);
        return time.lt(lengths.expand(1));
    }

    /// Refuses a mask that does not fit the sequences.
    ///
    /// @throws ShapeMismatch if x is not `[N,T,…]` or the mask is not `[N,T]` of booleans
    static void check(String layer, Tensor x, Tensor mask) {
        boolean fits = x.rank() >= 2
                && mask.dtype() == DType.BOOL
                && mask.shape().equals(x.shape().part(0, 2));
        if (!fits) {
            throw new ShapeMismatch(
                    layer,
                    List.of(x.type(), mask.type()),
                    "x [N,T,…] needs a mask [N,T] of booleans, one for every step");
        }
    }
}
