package dev.adjoint.io;

import dev.adjoint.tensor.OneLine;
import dev.adjoint.tensor.TensorType;

/// Where the bytes of a tensor are.
///
/// @param begin the first byte, counted from the end of the header
/// @param end the byte after the last one
record Entry(String name, TensorType type, long begin, long end) {
    /// The name in quotes, for messages.
    String title() {
        return "entry '" + OneLine.of(name) + "'";
    }
}
