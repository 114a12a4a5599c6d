/// What a network is made of. In come tensors and a [dev.adjoint.nn.Pass], which says whether the network is trained or
/// used; out go tensors. A [dev.adjoint.nn.Layer] is a record with one method; [dev.adjoint.nn.Init] makes its weights from
/// a key, [dev.adjoint.nn.Losses] compares what comes out with what was wanted, [dev.adjoint.nn.zoo.Models] lists networks by
/// name.
@NullMarked
package dev.adjoint.nn;

import org.jspecify.annotations.NullMarked;
