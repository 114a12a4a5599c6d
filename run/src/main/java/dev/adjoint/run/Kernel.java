package dev.adjoint.run;

import dev.adjoint.tensor.Elements;

/// Code that computes one cluster for fixed types.
@FunctionalInterface
public interface Kernel {
    /// Reads the inputs and writes the outputs; outputs share memory with inputs only as [#mayOverwrite] allows, and start as
    /// zeros, or as anything if [#overwrites].
    void run(Elements[] inputs, Elements[] outputs);

    /// Whether every element of the outputs is written, whatever it was before.
    default boolean overwrites() {
        return false;
    }

    /// Whether an output may stand in the memory of an input, whose numbers are then lost: only where each element of the
    /// input is read before the output's element in its place is written, and never afterwards.
    default boolean mayOverwrite(int input, int output) {
        return false;
    }
}
