/// Operators on every element alike. Each states a scalar formula and its partial derivatives.
@NullMarked
package dev.adjoint.op.elementwise;

import org.jspecify.annotations.NullMarked;
