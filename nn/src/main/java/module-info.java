/// Layers, initialisers, losses and models. In come tensors, out go tensors: a model is a record, and a record is a tree
/// of tensors.
module dev.adjoint.nn {
    requires static org.jspecify;
    requires transitive dev.adjoint.core;
}
