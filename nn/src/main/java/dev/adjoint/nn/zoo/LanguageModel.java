package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.recurrent.Recurrent;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// A model that gives for every token the scores of the one that follows: tokens `[N,T]`, integers, to scores
/// `[N,T,vocabulary]`.
///
/// It goes on from the state that it left, so tokens can come piece by piece; [Generator] writes with it.
///
/// @param <S> the state
public interface LanguageModel<S> extends Recurrent<S> {
    /// How many tokens it can look at, at most.
    long context();

    /// The cross entropy of every token after the first, given those before it: −mean ln p(x_t | x_1 … x_t−1).
    ///
    /// @param tokens `[N,T]` with at least two steps
    default Tensor loss(Tensor tokens, Pass pass) {
        if (tokens.rank() != 2 || tokens.dim(1) < 2) {
            throw new ShapeMismatch(
                    "languagemodel",
                    List.of(tokens.type()),
                    "tokens must be [N,T] with at least two steps to foretell one");
        }
        long steps = tokens.dim(1) - 1;
        Tensor scores = apply(tokens.slice(1, 0, steps), pass);
        Tensor next = tokens.slice(1, 1, steps + 1);
        Tensor losses = Losses.softmaxCrossEntropy(
                scores.reshape(tokens.dim(0) * steps, scores.dim(2)), next.reshape(tokens.dim(0) * steps));
        return losses.mean();
    }
}
