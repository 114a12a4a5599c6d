package dev.adjoint.run;

import dev.adjoint.tensor.Elements;

/// Code that computes one cluster for fixed types.
@FunctionalInterface
public interface Kernel {
    /// Reads the inputs and writes the outputs; outputs never share memory with inputs, and start as zeros, or as anything if
    /// [#overwrites].
    void run(Elements[] inputs, Elements[] outputs);

    /// Whether every element of the outputs is written, whatever it was before.
    default boolean overwrites() {
        return false;
    }
}
