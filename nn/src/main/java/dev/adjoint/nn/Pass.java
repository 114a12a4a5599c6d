package dev.adjoint.nn;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What a layer needs beside its input and its weights: whether the network is trained or used, random keys, and a place to
/// tell what it measured.
///
/// A pass belongs to one application of one network. It counts the keys it has given away, so every layer that asks gets
/// its own, the same one in every run.
public final class Pass {
    /// Whether a network is trained or used.
    public enum Mode {
        TRAINING,
        EVALUATION
    }

    private final Mode mode;
    private final Tensor key;
    private final IdentityHashMap<Tensor, Tensor> originals = new IdentityHashMap<>();
    private final IdentityHashMap<Tensor, Tensor> replacements = new IdentityHashMap<>();
    private long given;

    private Pass(Mode mode, Tensor key) {
        this.mode = mode;
        this.key = key;
    }

    /// A pass that uses the network: nothing is random.
    public static Pass evaluation() {
        return new Pass(Mode.EVALUATION, Array.key(new Key(0)));
    }

    /// A pass that trains the network.
    ///
    /// @param key a random key as a tensor of type `i64[]`
    public static Pass training(Tensor key) {
        return new Pass(Mode.TRAINING, key);
    }

    public Mode mode() {
        return mode;
    }

    public boolean isTraining() {
        return mode == Mode.TRAINING;
    }

    /// A random key that nobody else has, of type `i64[]`.
    public Tensor nextKey() {
        return key.foldKey(given++);
    }

    /// Tells what tensors of the model are to become after this step: measured numbers, such as the statistics of a batch
    /// normalisation. This pass still computes with the tensors as they are.
    ///
    /// Where a model uses one record several times, each use starts from what the use before told.
    ///
    /// {@snippet :
    /// pass.replace(statistics, now -> now.towards(measured, 0.1));
    /// }
    ///
    /// @param part a tensor or a tree of tensors of the model, not copies of them
    /// @param next from the tensors to what they become, of the same types
    /// @throws InvalidArgument if a type changes
    public <T> void replace(T part, UnaryOperator<T> next) {
        T now = Tree.map(part, leaf -> now(original(leaf)));
        Tree.zip(part, next.apply(now), (leaf, then) -> replaceOne(original(leaf), then));
    }

    private Tensor replaceOne(Tensor leaf, Tensor next) {
        if (!next.type().equals(leaf.type())) {
            throw new InvalidArgument("a pass cannot replace a tensor of type " + leaf.type() + " by one of type "
                    + next.type() + ", since a model keeps its types");
        }
        replacements.put(leaf, next);
        return next;
    }

    private Tensor now(Tensor leaf) {
        return replacements.getOrDefault(leaf, leaf);
    }

    @SuppressWarnings("ReferenceEquality") // a tensor that stands for itself ends the chain
    private Tensor original(Tensor leaf) {
        Tensor original = originals.getOrDefault(leaf, leaf);
        return original == leaf ? leaf : original(original);
    }

    /// Tells that a copy stands for a tensor of the model, so that who replaces the copy replaces that tensor. For layers that
    /// apply others with changed weights, as [MixedPrecision] does.
    ///
    /// @return the copy
    public Tensor standingFor(Tensor leaf, Tensor copy) {
        originals.put(copy, leaf);
        return copy;
    }

    /// A pass for a part of the network that is traced by itself: with its own keys, and knowing what was told so far.
    Pass within() {
        Pass inner = new Pass(mode, nextKey());
        inner.originals.putAll(originals);
        inner.replacements.putAll(replacements);
        return inner;
    }

    /// What the tensors of a model are to become after this step, by path; only those that were replaced.
    public Map<String, Tensor> replacements(Object model) {
        Map<String, Tensor> byPath = new LinkedHashMap<>();
        Tree.visit(model, (path, leaf) -> {
            Tensor original = original(leaf);
            if (replacements.containsKey(original)) {
                byPath.put(path, now(original));
            }
        });
        return byPath;
    }

    /// The model as it is to be after this step, as far as its layers told.
    ///
    /// {@snippet :
    /// Pass pass = Pass.training(Array.key(Key.of(1)));
    /// Tensor y = model.apply(x, pass);
    /// Sequential next = pass.replaced(model);
    /// }
    public <M> M replaced(M model) {
        return Tree.map(model, this::now);
    }
}
