/// Operators that read or write at computed places. Each states its value and its transpose.
@NullMarked
package dev.adjoint.op.indexing;

import org.jspecify.annotations.NullMarked;
