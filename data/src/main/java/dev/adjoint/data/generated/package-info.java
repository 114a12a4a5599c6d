/// Data sets that are calculated: points in the plane whose classes no straight line parts, and noisy waves. In come a
/// number of examples, the noise and a random key; out goes a data set that belongs to the key, bit for bit.
@NullMarked
package dev.adjoint.data.generated;

import org.jspecify.annotations.NullMarked;
