/// The search for good settings: a [dev.adjoint.train.search.Space] gives settings, on a grid or at random, a
/// [dev.adjoint.train.search.Search] or [dev.adjoint.train.search.SuccessiveHalving] tries them, and
/// [dev.adjoint.train.search.Trials] are the table of what came of it. Settings are texts by name, as on a command line.
@NullMarked
package dev.adjoint.train.search;

import org.jspecify.annotations.NullMarked;
