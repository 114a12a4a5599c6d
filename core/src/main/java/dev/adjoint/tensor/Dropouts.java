package dev.adjoint.tensor;

/// Parts of a tensor left out at random while a network is trained. Which ones belongs to the key, a tensor of type `i64[]`.
///
/// What stays is scaled by 1/(1 − rate), so that the expectation stays too. Rate 0 leaves the tensor as it is, rate 1 leaves
/// zeros.
public interface Dropouts extends Algebra {
    /// Every element left out with probability `rate`: y = x·m/(1 − rate), m ~ Bernoulli(1 − rate).
    ///
    /// Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, JMLR 15, 2014 (in the inverted form).
    ///
    /// {@snippet :
    /// Tensor y = x.dropout(Array.key(Key.of(1)), 0.5);
    /// }
    ///
    /// @throws InvalidArgument if the rate is not between 0 and 1
    default Tensor dropout(Tensor key, double rate) {
        return dropped(key, shape(), rate);
    }

    /// Whole channels of `[N,C,…]` left out, each with probability `rate`, as `Dropout1d` … `Dropout3d` of PyTorch do.
    ///
    /// Source: Tompson and others, "Efficient object localization using convolutional networks", 2015.
    ///
    /// @throws InvalidArgument if the rate is not between 0 and 1
    /// @throws ShapeMismatch if there are fewer than two axes
    default Tensor featureDropout(Tensor key, double rate) {
        return dropped(key, Dropped.leading((Tensor) this, 2), rate);
    }

    /// Whole examples of `[N,…]` left out, each with probability `rate`: stochastic depth, for the branch of a residual
    /// block.
    ///
    /// Source: Huang, Sun, Liu, Sedra, Weinberger, "Deep networks with stochastic depth", 2016.
    ///
    /// @throws InvalidArgument if the rate is not between 0 and 1
    /// @throws ShapeMismatch if there are no axes
    default Tensor dropPath(Tensor key, double rate) {
        return dropped(key, Dropped.leading((Tensor) this, 1), rate);
    }

    private Tensor dropped(Tensor key, Shape independent, double rate) {
        Tensor x = (Tensor) this;
        if (Dropped.checked(rate) == 0) {
            return x;
        }
        Tensor zero = constant(0);
        // At rate 1 nothing is scaled: 1/(1 − rate) would be infinite.
        return rate == 1 ? x.zerosLike() : key.bernoulli(independent, 1 - rate).where(x.div(1 - rate), zero);
    }

    /// Dropout for networks of scaled exponential units: elements are left out towards −λα ≈ −1.758 instead of 0, then scaled
    /// and shifted so that zero mean and unit variance stay: y = a·(m ? x : α′) + b, with q = 1 − rate, α′ = −λα,
    /// a = 1/√(q·(1 + rate·α′²)) and b = −a·rate·α′.
    ///
    /// Source: Klambauer, Unterthiner, Mayr, Hochreiter, "Self-normalizing neural networks", 2017. Matches `alpha_dropout` of
    /// PyTorch. At rate 1 it leaves zeros.
    ///
    /// @throws InvalidArgument if the rate is not between 0 and 1
    default Tensor alphaDropout(Tensor key, double rate) {
        Tensor x = (Tensor) this;
        if (Dropped.checked(rate) == 0) {
            return x;
        }
        if (rate == 1) {
            return x.zerosLike();
        }
        double scale = 1 / Math.sqrt((1 - rate) * (1 + rate * Dropped.SATURATED * Dropped.SATURATED));
        Tensor kept = key.bernoulli(shape(), 1 - rate).where(x, constant(Dropped.SATURATED));
        return kept.mul(scale).add(-scale * rate * Dropped.SATURATED);
    }
}
