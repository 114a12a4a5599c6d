/// The operator reference. In comes the catalogue; out goes the Markdown page `docs/operators.md`.
@NullMarked
package dev.adjoint.cli.reference;

import org.jspecify.annotations.NullMarked;
