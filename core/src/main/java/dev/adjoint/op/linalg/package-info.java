/// Operators on whole matrices over the last two axes, and the algorithms on doubles that compute them. Leading axes are a
/// batch of independent matrices.
@NullMarked
package dev.adjoint.op.linalg;

import org.jspecify.annotations.NullMarked;
