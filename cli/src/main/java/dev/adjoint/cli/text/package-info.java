/// How the command speaks: aligned tables, one JSON object, numbers for people, the nearest of some names, and the two
/// streams they go to. In come values, out go lines.
@NullMarked
package dev.adjoint.cli.text;

import org.jspecify.annotations.NullMarked;
