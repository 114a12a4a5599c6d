package dev.adjoint.jvm;

/// How a loop over i reads an operand.
enum Access {
    /// At the index of the result: `x[i]`. The only reading beside [#SCALAR] that vectorises.
    ALIGNED,
    /// Elsewhere: `x[i + at]`.
    SHIFTED,
    /// One element for the whole loop: `x[at]`.
    SCALAR
}
