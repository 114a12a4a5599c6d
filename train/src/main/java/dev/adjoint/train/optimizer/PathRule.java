package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;

/// Which tensors of a model are meant.
@FunctionalInterface
public interface PathRule {
    /// Whether this one is.
    ///
    /// @param path the components on the way to it, `layers.conv1.weight`
    /// @param weight the tensor; only its type counts
    boolean matches(String path, Tensor weight);

    /// Everything at or below a path: `layers.conv1`.
    static PathRule under(String prefix) {
        return (path, weight) -> path.equals(prefix) || path.startsWith(prefix + ".");
    }

    /// Everything whose last component has this name: `bias`.
    static PathRule named(String name) {
        return (path, weight) -> path.equals(name) || path.endsWith("." + name);
    }

    /// Tensors with fewer than two axes: biases, and the scales and shifts of norms.
    static PathRule vectors() {
        return (path, weight) -> weight.rank() < 2;
    }

    /// Tensors with two axes or more: what [Muon] takes.
    static PathRule matrices() {
        return (path, weight) -> weight.rank() >= 2;
    }

    /// Everything that this rule does not mean.
    default PathRule negate() {
        return (path, weight) -> !matches(path, weight);
    }
}
