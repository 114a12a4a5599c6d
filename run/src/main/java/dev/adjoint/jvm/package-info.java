/// Fast kernels in plain Java and bytecode, exported to nobody. In comes a cluster; out goes a kernel for its types, or
/// nothing. Hot loops live under their own rules: no streams, no boxing, no lambda per element, more than four
/// parameters where an object would cost, and a comment with the measured reason for every trick.
///
/// The rule behind most of them: the compiler of JDK 25 turns a loop into vector instructions only where all arrays are
/// read and written at the same index. `y[i] = x[i] + w[i]` runs at 16 elements a nanosecond, `y[i + a] = x[i + b]` at
/// 3.4 (65,536 floats, one core). Hence rows as arrays of their own in [FloatProduct], and the access patterns of
/// [Loop]. And it unrolls a loop no further than a tenth of the rounds that it has counted: hence one class for every
/// [Width] of a product.
@NullMarked
package dev.adjoint.jvm;

import org.jspecify.annotations.NullMarked;
