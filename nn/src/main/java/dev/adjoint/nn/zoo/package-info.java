/// Known networks. A record of options in ([dev.adjoint.nn.zoo.ResNet], …), or a name ([dev.adjoint.nn.zoo.Models]), with a
/// key and the sizes of the data; a model comes out, with fresh weights.
@NullMarked
package dev.adjoint.nn.zoo;

import org.jspecify.annotations.NullMarked;
