/// From plan to numbers. In come a graph and arrays; out go arrays. [dev.adjoint.run.Array] computes operator by operator,
/// [dev.adjoint.run.Executable] a whole plan; both ask the [dev.adjoint.run.KernelProvider]s for kernels, of which the
/// reference never declines.
@NullMarked
package dev.adjoint.run;

import org.jspecify.annotations.NullMarked;
