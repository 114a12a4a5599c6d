/// Where things go: boxes in layers and wires at right angles between them, by Eclipse ELK.
///
/// In come boxes with places where wires dock, and which places are joined; out come the boxes' corners and the wires'
/// bends. Labels need no thought here, because they are inside boxes. The module does not export this package.
@NullMarked
package dev.adjoint.draw.layout;

import org.jspecify.annotations.NullMarked;
