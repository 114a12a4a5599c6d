package dev.adjoint.nn.recurrent;

import dev.adjoint.nn.Init;
import dev.adjoint.tensor.Cells.CellWeights;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;

/// A gated recurrent unit over time: hₜ = (1 − z)·n + z·hₜ₋₁, with the gates of [dev.adjoint.op.composite.GruCell].
///
/// x is `[N,T,I]`, the results hₜ are `[N,T,H]`.
///
/// {@snippet :
/// Tensor y = Gru.init(Key.of(1), 8, 16).apply(x, Pass.evaluation());
/// }
///
/// @param weights W `[I,3·H]`, U `[H,3·H]` and the bias `[3·H]` of the input, with the gates in the order r, z, n
/// @param stateBias the bias of the state, `[3·H]`
public record Gru(CellWeights weights, Tensor stateBias) implements Cell<Tensor> {
    /// W by Glorot, U orthogonal, biases 0.
    ///
    /// @param in I
    /// @param width H
    public static Gru init(Key key, long in, long width) {
        CellWeights weights = new CellWeights(
                Init.glorotUniform(key.fold(0), in, width, in, 3 * width),
                Init.orthogonal(key.fold(1), 1, width, 3 * width),
                Init.zeros(3 * width));
        return new Gru(weights, Init.zeros(3 * width));
    }

    @Override
    public Tensor start(Tensor x) {
        return Cell.zeros(x, weights.state().dim(0));
    }

    @Override
    public Steps<Tensor> run(Tensor state, Tensor x) {
        if (!Cell.isWhole(x, weights)) {
            return Cell.super.run(state, x);
        }
        Tensor all = x.gruSequence(state, weights, stateBias);
        return new Steps<>(all, all.take(1, x.dim(1) - 1));
    }

    @Override
    public Tensor step(Tensor state, Tensor x) {
        return x.gruCell(state, weights, stateBias);
    }

    @Override
    public Tensor shown(Tensor state) {
        return state;
    }
}
