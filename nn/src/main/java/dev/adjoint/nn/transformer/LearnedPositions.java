package dev.adjoint.nn.transformer;

import dev.adjoint.nn.Init;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Pass;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Adds a vector that is learned for every position: `y = x + P[0 … T−1]`.
///
/// x and y are `[N,T,width]`.
///
/// {@snippet :
/// Tensor y = LearnedPositions.init(Key.of(1), 128, 64).apply(x, Pass.evaluation());
/// }
///
/// @param table P, `[context,width]`
public record LearnedPositions(Tensor table) implements Layer {
    /// Normal numbers of deviation 0.02, as in GPT-2.
    ///
    /// @param context the largest number of positions
    public static LearnedPositions init(Key key, long context, long width) {
        return new LearnedPositions(Init.normal(key, 0.02, context, width));
    }

    /// @throws ShapeMismatch if there are more steps than positions
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        if (x.rank() != 3 || x.dim(1) > table.dim(0)) {
            throw new ShapeMismatch(
                    "positions",
                    List.of(x.type(), table.type()),
                    "x must be [N,T,width] with at most " + table.dim(0) + " steps T, the rows of the table");
        }
        return x.add(table.slice(0, 0, x.dim(1)));
    }

    /// The vectors of some positions added: `y = x + P[p]`.
    ///
    /// @param positions p, integers `[T]`
    public Tensor at(Tensor x, Tensor positions) {
        return x.add(table.embedding(positions));
    }
}
