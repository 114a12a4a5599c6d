package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// Clipping by global norm: g ← g·min(1, c/(n + 10⁻⁶)) with n = √(Σ g²) over all tensors of the model. Stands before the
/// optimiser.
///
/// As PyTorch's `clip_grad_norm_`, its 10⁻⁶ included. The squares of different tensors are added in f64.
///
/// Source: Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks", ICML 2013.
///
/// @param limit c, above 0
public record ClipByGlobalNorm(double limit) implements Optimizer {
    public ClipByGlobalNorm {
        Range.positive("clipping by global norm", "the limit", limit);
    }

    @Override
    public <M> Memoryless.State init(M model) {
        return new Memoryless.State();
    }

    @Override
    public <M> Update<M> update(M gradients, Record state, M model) {
        Tensor factor = Tree.leaves(gradients).stream()
                .map(g -> g.square().sum().to(DType.F64))
                .reduce(Tensor::add)
                .map(sum -> ClipByNorm.shrinking(sum.sqrt(), limit))
                .orElseThrow();
        return new Update<>(Tree.map(gradients, g -> g.mul(factor.to(g.dtype()))), state);
    }
}
