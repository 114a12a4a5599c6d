/// From graph to plan, one stage a file: [dev.adjoint.compile.Compile] lists them. In comes a graph; out goes a
/// [dev.adjoint.compile.Plan]: steps in order, each with the cluster of operators it runs, the slots it reads and writes,
/// and the slots that nobody needs afterwards.
@NullMarked
package dev.adjoint.compile;

import org.jspecify.annotations.NullMarked;
