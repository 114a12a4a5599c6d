/// In come the name of a [dev.adjoint.bench.Workload] and kernels; out goes a [dev.adjoint.bench.Measurement] of its training
/// step.
@NullMarked
package dev.adjoint.bench;

import org.jspecify.annotations.NullMarked;
