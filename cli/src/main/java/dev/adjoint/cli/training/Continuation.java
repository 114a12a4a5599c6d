package dev.adjoint.cli.training;

import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.nn.zoo.Generator;
import dev.adjoint.nn.zoo.LanguageModel;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// Writes on from a prompt, token after token. One executable reads a token, goes on with the state of the model and chooses
/// the next token.
///
/// Where the context of the model ends, it goes on from the second half of what it last looked at.
///
/// @param <S> the state of the model
public final class Continuation<S> {
    private final LanguageModel<S> model;
    private final Compiled<Place<S>, Next<S>> step;

    /// What is read, and the random key of the choice.
    private record Place<S>(S state, Tensor token, Tensor key) {}

    /// What follows.
    private record Next<S>(S state, Tensor token) {}

    private Continuation(LanguageModel<S> model, Generator.Choice choice) {
        this.model = model;
        this.step = Compiled.of(place -> {
            Steps<S> steps = model.run(place.state, place.token);
            Tensor scores = steps.results().take(1, 0);
            return new Next<>(steps.last(), choice.of(scores, place.key).to(DType.I64));
        });
    }

    /// The continuation of a model.
    public static <S> Continuation<S> of(LanguageModel<S> model, Generator.Choice choice) {
        return new Continuation<>(model, choice);
    }

    /// Tells so many tokens that follow a prompt, each as soon as it is chosen.
    ///
    /// @param prompt at least one token
    /// @param count how many are to follow
    /// @param key where chance comes from
    public void write(int[] prompt, long count, Key key, IntConsumer reader) {
        Reading reading = new Reading(prompt[0]);
        int next = 0;
        for (long i = 0; i < prompt.length + count - 1; i++) {
            next = reading.next(i < prompt.length ? prompt[(int) i] : next, key.fold(i));
            if (i >= prompt.length - 1) {
                reader.accept(next);
            }
        }
    }

    /// The state of the model, and what it has read where it cannot read for ever.
    private final class Reading {
        private final List<Integer> seen = new ArrayList<>();
        private S state;

        Reading(int first) {
            state = model.start(token(first));
        }

        /// Reads a token, and says which one follows.
        int next(int token, Key key) {
            if (seen.size() == model.context()) {
                again(List.copyOf(seen.subList(seen.size() - seen.size() / 2, seen.size())), key);
            }
            if (model.context() < Long.MAX_VALUE) {
                seen.add(token);
            }
            Next<S> found = step.apply(new Place<>(state, token(token), Array.key(key)));
            state = found.state;
            return (int) found.token.elements().getLong(0);
        }

        private void again(List<Integer> tokens, Key key) {
            state = model.start(token(0));
            seen.clear();
            tokens.forEach(token -> next(token, key));
        }
    }

    private static Array token(int token) {
        return Array.of(TensorType.of(DType.I64, 1, 1), Elements.wrap(new long[] {token}));
    }
}
