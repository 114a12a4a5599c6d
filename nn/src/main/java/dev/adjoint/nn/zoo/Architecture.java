package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Sequential;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;

/// A kind of network that gives every class a score; sizes are its record components.
@FunctionalInterface
public interface Architecture {
    /// New weights.
    ///
    /// @param key where the weights come from
    /// @param example the shape of one example, without the batch axis
    /// @param classes the number of scores
    /// @throws dev.adjoint.tensor.InvalidArgument if the examples do not fit the network
    Sequential init(Key key, Shape example, long classes);
}
