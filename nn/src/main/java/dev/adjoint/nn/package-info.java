/// Layers, initialisers, losses and models. In come tensors, out go tensors: a model is a record, and a record is a tree
/// of tensors.
@NullMarked
package dev.adjoint.nn;

import org.jspecify.annotations.NullMarked;
