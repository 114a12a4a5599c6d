/// Loops and branches: operators whose attributes are computations. Each states which operands its bodies see.
@NullMarked
package dev.adjoint.op.control;

import org.jspecify.annotations.NullMarked;
