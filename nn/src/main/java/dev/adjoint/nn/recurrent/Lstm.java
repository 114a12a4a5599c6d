package dev.adjoint.nn.recurrent;

import dev.adjoint.nn.Init;
import dev.adjoint.tensor.Cells.CellWeights;
import dev.adjoint.tensor.Cells.LstmState;
import dev.adjoint.tensor.Cells.LstmStates;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// A long short-term memory over time: cₜ = f·cₜ₋₁ + i·g, hₜ = o·tanh cₜ, with the gates of [dev.adjoint.op.composite.LstmCell].
///
/// x is `[N,T,I]`, the results hₜ are `[N,T,H]`.
///
/// {@snippet :
/// Tensor y = Lstm.init(Key.of(1), 8, 16).apply(x, Pass.evaluation());
/// }
///
/// @param weights W `[I,4·H]`, U `[H,4·H]` and b `[4·H]`, with the gates in the order i, f, g, o
public record Lstm(CellWeights weights) implements Cell<LstmState> {
    /// W by Glorot, U orthogonal, b 1 for the forget gate and 0 for the others, so that memories last at first.
    ///
    /// Source: Jozefowicz, Zaremba, Sutskever, "An empirical exploration of recurrent network architectures", 2015.
    ///
    /// @param in I
    /// @param width H
    public static Lstm init(Key key, long in, long width) {
        Tensor bias = Tensor.concat(0, List.of(Init.zeros(width), Init.ones(width), Init.zeros(2 * width)));
        return new Lstm(new CellWeights(
                Init.glorotUniform(key.fold(0), in, width, in, 4 * width),
                Init.orthogonal(key.fold(1), 1, width, 4 * width),
                bias));
    }

    @Override
    public LstmState start(Tensor x) {
        Tensor zeros = Cell.zeros(x, weights.state().dim(0));
        return new LstmState(zeros, zeros);
    }

    @Override
    public Steps<LstmState> run(LstmState state, Tensor x) {
        if (!Cell.isWhole(x, weights)) {
            return Cell.super.run(state, x);
        }
        LstmStates all = x.lstmSequence(state, weights);
        long last = x.dim(1) - 1;
        LstmState end = new LstmState(all.hidden().take(1, last), all.memory().take(1, last));
        return new Steps<>(all.hidden(), end);
    }

    @Override
    public LstmState step(LstmState state, Tensor x) {
        return x.lstmCell(state, weights);
    }

    @Override
    public Tensor shown(LstmState state) {
        return state.hidden();
    }
}
