package dev.adjoint.tensor;

/// The law that shapes may depend on numbers only where the numbers are known.
final class DataDependent {
    private DataDependent() {}

    /// The numbers of a tensor.
    ///
    /// @param asked what depends on them, for the message
    /// @throws NotComputed if a function is being traced
    static Elements elements(String operator, String asked, Tensor x) {
        try {
            return x.elements();
        } catch (NotComputed e) {
            var refused = new NotComputed(operator + ": " + asked + " depends on the numbers of " + x.type()
                    + ", which are not known while a function is traced, and the shapes of a graph must be. Compute it"
                    + " outside, or keep the shape: mask.where(x, y)");
            refused.initCause(e);
            throw refused;
        }
    }
}
