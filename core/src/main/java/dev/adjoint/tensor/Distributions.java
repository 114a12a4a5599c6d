package dev.adjoint.tensor;

import dev.adjoint.op.source.RandomChoice;
import dev.adjoint.op.source.RandomDirichlet;
import dev.adjoint.op.source.RandomExponential;
import dev.adjoint.op.source.RandomGamma;
import dev.adjoint.op.source.RandomGumbel;
import dev.adjoint.op.source.RandomInts;
import dev.adjoint.op.source.RandomPermutation;
import dev.adjoint.op.source.RandomTruncatedNormal;

/// Random numbers of many laws from a key: this is the key, a tensor of type `i64[]`. The same key gives the same numbers on
/// every backend and any number of threads.
///
/// {@snippet :
/// Array key = Array.key(Key.of(1));
/// Tensor order = key.foldKey(0).permutation(10);
/// Tensor shuffled = x.gather(0, order);
/// }
public interface Distributions extends Algebra {
    /// [RandomTruncatedNormal]: standard normal numbers between two bounds.
    default Tensor truncatedNormal(TensorType type, double low, double high) {
        return apply(new RandomTruncatedNormal(type, low, high));
    }

    /// [RandomExponential]: waiting times at rate 1.
    default Tensor exponential(TensorType type) {
        return apply(new RandomExponential(type));
    }

    /// [RandomGumbel]
    default Tensor gumbel(TensorType type) {
        return apply(new RandomGumbel(type));
    }

    /// [RandomGamma] at scale 1, one number for every shape parameter.
    default Tensor gamma(Tensor shapes) {
        return apply(new RandomGamma(), shapes);
    }

    /// [RandomDirichlet]: probabilities along the last axis, one vector for every vector of parameters.
    default Tensor dirichlet(Tensor parameters) {
        if (parameters.rank() == 0) {
            throw new InvalidArgument("dirichlet: parameters must be […,K], not " + parameters.type());
        }
        return apply(new RandomDirichlet(parameters.dim(-1)), parameters);
    }

    /// Class indices along an axis, drawn with the probabilities softmax(scores), by Gumbel's trick: argmaxᵢ (xᵢ + gᵢ). The axis
    /// disappears. Scores need no normalisation; a score of −∞ is never drawn. Broadcast the scores to draw more than once.
    default Tensor categorical(Tensor scores, int axis) {
        Tensor noise = gumbel(scores.type());
        return scores.stopGradient().add(noise).argmax(axis);
    }

    /// [RandomInts]: integers from `low` to `high` − 1.
    default Tensor randomInts(TensorType type, long low, long high) {
        return apply(new RandomInts(type, low, high));
    }

    /// [RandomPermutation]: the numbers 0 … count − 1 in random order.
    default Tensor permutation(long count) {
        return apply(new RandomPermutation(count));
    }

    /// That many of the numbers 0 … n − 1, all equally likely.
    ///
    /// @throws InvalidArgument if there are no numbers, or more are taken out than there are
    default Tensor choice(long n, long count, RandomChoice.Drawn drawn) {
        if (drawn == RandomChoice.Drawn.TAKEN_OUT && count > n) {
            throw new InvalidArgument("choice: " + count + " numbers cannot be taken out of " + n + "; put them back");
        }
        return switch (drawn) {
            case PUT_BACK -> randomInts(TensorType.of(DType.I64, count), 0, n);
            case TAKEN_OUT -> permutation(n).slice(0, 0, count);
        };
    }

    /// [RandomChoice]: that many of the numbers 0 … n − 1 in proportion to weights `[n]`.
    default Tensor choice(Tensor weights, long count, RandomChoice.Drawn drawn) {
        return apply(new RandomChoice(count, drawn), weights);
    }
}
