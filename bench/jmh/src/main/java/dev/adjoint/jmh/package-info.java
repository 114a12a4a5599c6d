/// Microbenchmarks of kernels. In come sizes, out go the nanoseconds of a kernel alone.
@NullMarked
package dev.adjoint.jmh;

import org.jspecify.annotations.NullMarked;
