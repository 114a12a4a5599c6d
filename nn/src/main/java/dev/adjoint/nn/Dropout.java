package dev.adjoint.nn;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;

/// Sets each element to zero with probability `rate` while the network is trained, and scales the others by 1/(1 − rate) so
/// that the expectation stays: y = x·m/(1 − rate), m ~ Bernoulli(1 − rate). Otherwise y = x.
///
/// x and y are of any shape, and of the same one. Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, JMLR 15, 2014 (in the inverted form).
///
/// {@snippet :
/// Tensor y = new Dropout(0.5).apply(x, Pass.training(Array.key(Key.of(1))));
/// }
///
/// @param rate the probability of zero, from 0 to below 1
public record Dropout(double rate) implements Layer {
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new InvalidArgument("a dropout rate lies between 0 and below 1, not at " + rate);
        }
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return pass.isTraining() && rate > 0 ? x.dropout(pass.nextKey(), rate) : x;
    }
}
