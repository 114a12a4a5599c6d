package dev.adjoint.nn.recurrent;

import dev.adjoint.nn.Init;
import dev.adjoint.op.composite.RnnCell;
import dev.adjoint.tensor.Cells.CellWeights;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;

/// A simple recurrent network over time: hₜ = f(xₜ·W + hₜ₋₁·U + b).
///
/// x is `[N,T,I]`, the results hₜ are `[N,T,H]`.
///
/// {@snippet :
/// Tensor y = Rnn.init(Key.of(1), 8, 16).apply(x, Pass.evaluation());
/// }
///
/// @param weights W `[I,H]`, U `[H,H]` and b `[H]`
/// @param activation f
public record Rnn(CellWeights weights, RnnCell.Activation activation) implements Cell<Tensor> {
    /// f = tanh, W by Glorot, U orthogonal, b 0.
    ///
    /// @param in I
    /// @param width H
    public static Rnn init(Key key, long in, long width) {
        CellWeights weights = new CellWeights(
                Init.glorotUniform(key.fold(0), in, width, in, width),
                Init.orthogonal(key.fold(1), 1, width, width),
                Init.zeros(width));
        return new Rnn(weights, RnnCell.Activation.TANH);
    }

    /// f = the ramp, U the identity: long memories without gates.
    ///
    /// Source: Le, Jaitly, Hinton, "A simple way to initialize recurrent networks of rectified linear units", 2015.
    public static Rnn ramp(Key key, long in, long width) {
        CellWeights weights =
                new CellWeights(Init.normal(key, 0.001, in, width), Init.identity(width), Init.zeros(width));
        return new Rnn(weights, RnnCell.Activation.RELU);
    }

    @Override
    public Tensor start(Tensor x) {
        return Cell.zeros(x, weights.state().dim(0));
    }

    @Override
    public Tensor step(Tensor state, Tensor x) {
        return x.rnnCell(state, weights, activation);
    }

    @Override
    public Tensor shown(Tensor state) {
        return state;
    }
}
