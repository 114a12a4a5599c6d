package dev.adjoint.run;

import dev.adjoint.tensor.Elements;

/// Code that computes one cluster for fixed types.
@FunctionalInterface
public interface Kernel {
    /// Reads the inputs and writes every element of the outputs; outputs never share memory with inputs, and start as zeros.
    void run(Elements[] inputs, Elements[] outputs);
}
