/// Operators that combine the elements along some axes. Each states an associative operation, its identity and its partial.
@NullMarked
package dev.adjoint.op.reduction;

import org.jspecify.annotations.NullMarked;
