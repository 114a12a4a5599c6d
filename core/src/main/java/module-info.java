/// The algebra of Adjoint: tensors and operators, graphs of them, and functions from graph to graph.
///
/// In comes a Java function on tensors; out goes a graph that computes it, its derivatives of any order, or its batched
/// form. Nothing here computes numbers in bulk: that is `dev.adjoint.run`. Read the packages in the order
/// `tensor`, `op`, `graph`, `transform`.
module dev.adjoint.core {
    requires static org.jspecify;

    exports dev.adjoint.tensor;
    exports dev.adjoint.tensor.einsum;
    exports dev.adjoint.tensor.spatial;
    exports dev.adjoint.op;
    exports dev.adjoint.op.elementwise;
    exports dev.adjoint.op.reduction;
    exports dev.adjoint.op.contraction;
    exports dev.adjoint.op.movement;
    exports dev.adjoint.op.indexing;
    exports dev.adjoint.op.linalg;
    exports dev.adjoint.op.source;
    exports dev.adjoint.op.composite;
    exports dev.adjoint.op.control;
    exports dev.adjoint.graph;
    exports dev.adjoint.transform;
}
