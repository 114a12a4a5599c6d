package dev.adjoint.tensor;

import dev.adjoint.op.composite.GruCell;
import dev.adjoint.op.composite.GruSequence;
import dev.adjoint.op.composite.GruSequenceGradient;
import dev.adjoint.op.composite.LstmCell;
import dev.adjoint.op.composite.LstmSequence;
import dev.adjoint.op.composite.LstmSequenceGradient;
import dev.adjoint.op.composite.RnnCell;
import java.util.ArrayList;
import java.util.List;

/// Recurrent networks. Single steps: this holds the input `[…,I]`; put into [dev.adjoint.transform.Loops#scan] they run over
/// time. Whole sequences as one operator: this holds the inputs `[N,T,I]`.
public interface Cells extends Algebra {
    /// The weights of a cell.
    ///
    /// @param input W, `[I,g·H]` for g gates
    /// @param state U, `[H,g·H]`
    /// @param bias b, `[g·H]`
    record CellWeights(Tensor input, Tensor state, Tensor bias) {}

    /// The two states of a long short-term memory, each `[…,H]`.
    ///
    /// @param hidden h, what the cell shows
    /// @param memory c, what it keeps
    record LstmState(Tensor hidden, Tensor memory) {}

    /// [RnnCell]: the next state.
    default Tensor rnnCell(Tensor state, CellWeights weights, RnnCell.Activation activation) {
        return apply(new RnnCell(activation), state, weights.input(), weights.state(), weights.bias());
    }

    /// [GruCell]: the next state. The bias of the weights is added to the input, `stateBias` to the state.
    default Tensor gruCell(Tensor state, CellWeights weights, Tensor stateBias) {
        return apply(new GruCell(), state, weights.input(), weights.state(), weights.bias(), stateBias);
    }

    /// [LstmCell]: the next states.
    ///
    /// {@snippet :
    /// Cells.LstmState next = x.lstmCell(new Cells.LstmState(h, c), new Cells.CellWeights(input, state, bias));
    /// Tensor shown = next.hidden();
    /// }
    default LstmState lstmCell(LstmState state, CellWeights weights) {
        List<Tensor> next = apply(
                new LstmCell(),
                List.of(
                        (Tensor) this,
                        state.hidden(),
                        state.memory(),
                        weights.input(),
                        weights.state(),
                        weights.bias()));
        return new LstmState(next.get(0), next.get(1));
    }

    /// What a long short-term memory gives for sequences.
    ///
    /// @param hidden h of every step, `[N,T,H]`
    /// @param memory c of every step, `[N,T,H]`
    record LstmStates(Tensor hidden, Tensor memory) {}

    /// [LstmSequence]: this holds the inputs of all steps, `[N,T,I]`; the states of all steps come out.
    default LstmStates lstmSequence(LstmState start, CellWeights weights) {
        List<Tensor> states = apply(
                new LstmSequence(),
                List.of(
                        (Tensor) this,
                        weights.input(),
                        weights.state(),
                        weights.bias(),
                        start.hidden(),
                        start.memory()));
        return new LstmStates(states.get(0), states.get(1));
    }

    /// [GruSequence]: this holds the inputs of all steps, `[N,T,I]`; the states of all steps come out, `[N,T,H]`. The bias of the
    /// weights is added to the input, `stateBias` to the state.
    default Tensor gruSequence(Tensor start, CellWeights weights, Tensor stateBias) {
        return apply(new GruSequence(), weights.input(), weights.state(), weights.bias(), stateBias, start);
    }

    /// [LstmSequenceGradient], the reverse rule of an [LstmSequence] of these inputs.
    ///
    /// @param others what else the operator takes
    default List<Tensor> lstmSequenceGradient(List<Tensor> others) {
        return apply(new LstmSequenceGradient(), first(others));
    }

    /// [GruSequenceGradient], the reverse rule of a [GruSequence] of these inputs.
    ///
    /// @param others what else the operator takes
    default List<Tensor> gruSequenceGradient(List<Tensor> others) {
        return apply(new GruSequenceGradient(), first(others));
    }

    private List<Tensor> first(List<Tensor> others) {
        List<Tensor> operands = new ArrayList<>(List.of((Tensor) this));
        operands.addAll(others);
        return operands;
    }
}
