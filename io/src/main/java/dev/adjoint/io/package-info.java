/// Tensors and models as files. In come bytes of a documented format, out go named arrays, and the other way round.
@NullMarked
package dev.adjoint.io;

import org.jspecify.annotations.NullMarked;
