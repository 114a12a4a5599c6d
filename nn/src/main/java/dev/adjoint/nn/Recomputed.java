package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.CustomRules;
import java.util.Map;

/// A layer of which reverse mode keeps the input alone, and computes the rest again in the backward pass: less memory for
/// more work.
///
/// Source: Chen, Xu, Zhang, Guestrin, "Training deep nets with sublinear memory cost", 2016.
///
/// {@snippet :
/// Tensor y = new Recomputed(Linear.init(Key.of(1), 8, 8)).apply(x, Pass.evaluation());
/// }
///
/// @param inner the layer
public record Recomputed(Layer inner) implements Layer {
    /// What comes out of a layer that is traced by itself.
    ///
    /// @param y its result
    /// @param told what it told the pass
    public record Traced(Tensor y, Map<String, Tensor> told) {}

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Pass within = pass.within();
        Traced traced = CustomRules.checkpoint((Tensor at) -> {
                    Tensor y = inner.apply(at, within);
                    return new Traced(y, within.replacements(inner));
                })
                .apply(x);
        Tree.visit(inner, (path, leaf) -> {
            if (traced.told.containsKey(path)) {
                pass.replace(leaf, now -> traced.told.getOrDefault(path, now));
            }
        });
        return traced.y;
    }
}
