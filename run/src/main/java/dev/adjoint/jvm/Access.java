package dev.adjoint.jvm;

/// How a loop over i reads an operand.
enum Access {
    /// At the index of the result: `x[i]`. It vectorises, as [#SCALAR] does.
    ALIGNED,
    /// Elsewhere: `x[i + at]`.
    SHIFTED,
    /// In a copy of some elements as doubles: `x[i + at]`. It vectorises too, unless the result is of doubles.
    COPIED,
    /// One element for the whole loop: `x[at]`.
    SCALAR
}
