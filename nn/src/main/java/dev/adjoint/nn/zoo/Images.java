package dev.adjoint.nn.zoo;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;

/// What networks of images ask of their examples.
final class Images {
    private Images() {}

    /// @param model what asks, as a message begins
    /// @param least the smallest height and width
    /// @throws InvalidArgument if an example is no image of at least that size
    static void require(String model, Shape example, long least) {
        if (example.rank() != 3 || Math.min(example.dim(1), example.dim(2)) < least) {
            throw new InvalidArgument(model + " takes examples [channels,height,width] of at least " + least + "×"
                    + least + ", not " + example);
        }
    }
}
