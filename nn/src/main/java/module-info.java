/// Layers, initialisers, losses and models, as records of tensors.
///
/// In come a random key and sizes, out goes a model; in come a model and tensors, out go tensors. A model is a record and a
/// record is a tree of tensors, so its gradient, its optimiser state and its file have the same form.
module dev.adjoint.nn {
    requires transitive dev.adjoint.run;
    requires static org.jspecify;

    exports dev.adjoint.nn;
    exports dev.adjoint.nn.recurrent;
    exports dev.adjoint.nn.transformer;
    exports dev.adjoint.nn.zoo;
}
