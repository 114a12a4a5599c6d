/// Matrix products and convolutions by oneDNN's primitives, of float32 and of 16-bit numbers. In comes a cluster; out goes a kernel
/// for its types, or nothing.
///
/// [dev.adjoint.onednn.NativeLibrary] finds, unpacks and loads the library, [dev.adjoint.onednn.Dnnl] calls it. Threads
/// are Java's: every call into the library runs on one, so that two thread pools never fight for the processors, and the
/// work is split by its size alone, so that the bits do not depend on their number.
@NullMarked
package dev.adjoint.onednn;

import org.jspecify.annotations.NullMarked;
