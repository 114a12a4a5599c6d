/// SVG as text: elements, escaping, the width of words, numbers as words.
///
/// In come points and words, out goes a self-contained SVG document. The module exports the drawings alone, not this.
@NullMarked
package dev.adjoint.draw.svg;

import org.jspecify.annotations.NullMarked;
