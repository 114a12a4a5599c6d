/// Why numbers are what they are. In come a function and numbers; out go findings with the lines of the user's program:
/// the operator that made a NaN ([dev.adjoint.explain.Checked]), the place where a gradient died and the factors by which
/// it grew or shrank ([dev.adjoint.explain.WhyZero]). Everything is computed operator by operator, so it is slow.
@NullMarked
package dev.adjoint.explain;

import org.jspecify.annotations.NullMarked;
