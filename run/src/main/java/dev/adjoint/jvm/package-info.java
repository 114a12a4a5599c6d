/// Fast kernels in plain Java and bytecode, exported to nobody. In comes a cluster; out goes a kernel for its types, or
/// nothing. Hot loops live under their own rules: no streams, no boxing, no lambda per element, and a comment with the
/// measured reason for every trick.
@NullMarked
package dev.adjoint.jvm;

import org.jspecify.annotations.NullMarked;
