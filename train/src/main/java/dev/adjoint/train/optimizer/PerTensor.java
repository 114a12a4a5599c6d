package dev.adjoint.train.optimizer;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// An optimiser that treats every tensor of the model by itself, all by one formula.
///
/// It states the names of what it remembers of a tensor (its *slots*, each of the tensor's shape and type) and one step of
/// one tensor; the walk over the model and the count of the steps follow from that.
public interface PerTensor extends Optimizer {
    /// What is remembered of the whole model.
    ///
    /// @param step how many steps have been done, in f64 so that rates are exact
    /// @param slots for every slot a tree of the model's form
    record State<M>(Tensor step, Map<String, M> slots) {}

    /// One tensor at one step.
    ///
    /// @param value w
    /// @param gradient g
    /// @param step t, the number of the step, from 0, in f64
    /// @param slots what is remembered of this tensor
    record Weight(Tensor value, Tensor gradient, Tensor step, Map<String, Tensor> slots) {
        /// What is remembered under a name.
        public Tensor slot(String name) {
            return Objects.requireNonNull(slots.get(name));
        }

        /// A number of the step, such as a rate, in the type of the tensor.
        public Tensor number(Tensor ofStep) {
            return ofStep.to(value.dtype());
        }
    }

    /// What a step does to one tensor.
    ///
    /// @param amount what is added to it
    /// @param slots what is remembered of it from now on
    record Change(Tensor amount, Map<String, Tensor> slots) {}

    /// The names of what is remembered of every tensor.
    List<String> slots();

    /// What is remembered before the first step: zeros, unless the optimiser says otherwise.
    default Tensor initial(String slot, Tensor weight) {
        return weight.zerosLike();
    }

    /// One step of one tensor.
    Change change(Weight weight);

    @Override
    default <M> State<M> init(M model) {
        Map<String, M> slots = new LinkedHashMap<>();
        for (String slot : slots()) {
            slots.put(slot, Tree.map(model, weight -> initial(slot, weight)));
        }
        return new State<>(Array.scalar(DType.F64, 0), slots);
    }

    @Override
    @SuppressWarnings("unchecked") // the state is the one that init made for this model
    default <M> Update<M> update(M gradients, Record state, M model) {
        State<M> old = (State<M>) state;
        Map<String, List<Tensor>> remembered = new LinkedHashMap<>();
        old.slots.forEach((slot, tree) -> remembered.put(slot, Tree.leaves(tree)));
        List<Tensor> slopes = Tree.leaves(gradients);
        List<Tensor> values = Tree.leaves(model);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Map<String, Tensor> own = new LinkedHashMap<>();
            for (Map.Entry<String, List<Tensor>> slot : remembered.entrySet()) {
                own.put(slot.getKey(), slot.getValue().get(i));
            }
            changes.add(change(new Weight(values.get(i), slopes.get(i), old.step, own)));
        }
        Map<String, M> slots = new LinkedHashMap<>();
        old.slots.forEach((slot, tree) -> slots.put(
                slot,
                Tree.withLeaves(
                        tree,
                        changes.stream()
                                .map(c -> Objects.requireNonNull(c.slots.get(slot)))
                                .toList())));
        List<Tensor> amounts = changes.stream().map(Change::amount).toList();
        return new Update<>(Tree.withLeaves(model, amounts), new State<>(old.step.add(1), slots));
    }
}
