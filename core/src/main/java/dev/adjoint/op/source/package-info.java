/// Operators that depend on no floating operand: arguments, constants, counting, random numbers from a key.
@NullMarked
package dev.adjoint.op.source;

import org.jspecify.annotations.NullMarked;
