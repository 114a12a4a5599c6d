/// Operators that are linear in two operands. Each states its shape rule, its loops and its two transposes.
@NullMarked
package dev.adjoint.op.contraction;

import org.jspecify.annotations.NullMarked;
