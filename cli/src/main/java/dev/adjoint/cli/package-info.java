/// The `adjoint` command. In come arguments, out go results on standard output, everything else on standard error, and
/// an exit code.
@NullMarked
package dev.adjoint.cli;

import org.jspecify.annotations.NullMarked;
