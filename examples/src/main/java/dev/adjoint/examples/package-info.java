/// Lessons, each a single file that can be read from top to bottom and run.
@NullMarked
package dev.adjoint.examples;

import org.jspecify.annotations.NullMarked;
