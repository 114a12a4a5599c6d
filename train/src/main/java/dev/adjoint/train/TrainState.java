package dev.adjoint.train;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.optimizer.Optimizer;
import java.util.List;

/// Everything that a step needs to know of the steps before it. Saved and read back, training goes on as if it had never
/// stopped: the position in the data follows from the number of the step.
///
/// @param model the weights
/// @param optimizer the optimiser's state
/// @param key the random key of the training, `i64[]`
/// @param step how many steps have been done, `i64[]`
/// @param watches the states of what watches the epochs, none if nothing does
/// @param <M> the model, a tree of tensors
public record TrainState<M>(M model, Record optimizer, Tensor key, Tensor step, List<Record> watches) {
    public TrainState {
        watches = List.copyOf(watches);
    }

    /// The state before the first step.
    public static <M> TrainState<M> start(M model, Optimizer optimizer, Key key) {
        return new TrainState<>(model, optimizer.init(model), Array.key(key), Array.scalar(DType.I64, 0), List.of());
    }

    /// This state with the first states of some watches.
    public TrainState<M> watched(List<? extends Watch> by) {
        List<Record> first = by.stream().map(watch -> watch.init(model)).toList();
        return new TrainState<>(model, optimizer, key, step, first);
    }

    /// This state in memory of its own. The next step takes the memory of the state before it.
    public TrainState<M> copy() {
        return Tree.map(this, Array::copy);
    }

    /// How many steps have been done.
    public long steps() {
        return step.elements().getLong(0);
    }
}
