/// The `adjoint` command: one class per subcommand, each with its options and the order of its work. In come arguments,
/// out go results on standard output, everything else on standard error, and an exit code: 0 done, 1 the work failed,
/// 2 the call was wrong.
@NullMarked
package dev.adjoint.cli;

import org.jspecify.annotations.NullMarked;
