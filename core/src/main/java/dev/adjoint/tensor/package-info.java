/// What a user writes against: a tensor has a type (shape and element type) and a vocabulary, and the vocabulary is made
/// of one verb, [dev.adjoint.tensor.Algebra#apply(dev.adjoint.op.Op, java.util.List)]. In come tensors; out come tensors.
/// Beside it stand random keys, and [dev.adjoint.tensor.Tree], which finds the tensors inside records, lists and maps.
@NullMarked
package dev.adjoint.tensor;

import org.jspecify.annotations.NullMarked;
