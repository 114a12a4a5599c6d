package dev.adjoint.nn.recurrent;

import dev.adjoint.tensor.Cells.CellWeights;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.Loops;
import java.util.List;
import java.util.Locale;

/// One step of a recurrent network with its weights, and the network over time that it makes: x is `[N,T,I]`, the results
/// are `[N,T,H]`.
///
/// The time is one operator of the graph, however long it is: [Loops#scan], or what a network has of its own.
///
/// {@snippet :
/// Lstm lstm = Lstm.init(Key.of(1), 8, 16);
/// Tensor y = lstm.apply(x, Pass.evaluation());
/// Steps<Cells.LstmState> first = lstm.run(lstm.start(x), x);
/// Steps<Cells.LstmState> second = lstm.run(first.last(), more);
/// }
///
/// @param <S> the state, a tensor or a tree of tensors
public interface Cell<S> extends Masked<S> {
    /// The next state.
    ///
    /// @param x the input of one step, `[N,I]`
    S step(S state, Tensor x);

    /// What the state shows, `[N,H]`.
    Tensor shown(S state);

    @Override
    default Steps<S> run(S state, Tensor x) {
        checkSequences(x);
        Loops.Next<S, Tensor> run = Loops.scan(state, x.moveAxis(1, 0), (S before, Tensor input) -> {
            S next = step(before, input);
            return new Loops.Next<>(next, shown(next));
        });
        return new Steps<>(run.output().moveAxis(0, 1), run.carry());
    }

    @Override
    default Steps<S> run(S state, Tensor x, Tensor mask) {
        checkSequences(x);
        Masked.check(label(), x, mask);
        MaskedInput inputs = new MaskedInput(x.moveAxis(1, 0), mask.mT().expand(2));
        Loops.Next<S, Tensor> run = Loops.scan(state, inputs, (S before, MaskedInput input) -> {
            S stepped = step(before, input.x);
            S next = Tree.zip(stepped, before, input.there::where);
            Tensor shown = shown(next);
            return new Loops.Next<>(next, input.there.where(shown, shown.constant(0)));
        });
        return new Steps<>(run.output().moveAxis(0, 1), run.carry());
    }

    /// The inputs of all steps and which of them are there.
    ///
    /// @param x `[T,N,I]`
    /// @param there `[T,N,1]`
    record MaskedInput(Tensor x, Tensor there) {}

    /// Zeros for every sequence of a batch, `[N,width]`.
    static Tensor zeros(Tensor x, long width) {
        return x.constant(0).broadcastTo(Shape.of(x.dim(0), width));
    }

    /// Whether sequences fit the weights and have steps, so that one operator takes them whole; otherwise the single step says
    /// what is wrong.
    static boolean isWhole(Tensor x, CellWeights weights) {
        return x.rank() == 3 && x.dim(1) > 0 && x.dim(2) == weights.input().dim(0);
    }

    private String label() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private void checkSequences(Tensor x) {
        if (x.rank() != 3) {
            throw new ShapeMismatch(label(), List.of(x.type()), "x must be [N,T,I]: sequences, steps, inputs");
        }
    }
}
