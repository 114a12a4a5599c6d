package dev.adjoint.nn.zoo;

import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Writes with a language model: token after token, each chosen by the scores of the model and read by it in turn. What the
/// model has read is in its state, which has one type however long the text is, so that one executable writes all tokens but
/// the first. It is compiled once for all texts of a generator.
///
/// {@snippet :
/// Tensor text = new Generator<>(model, Generator.Choice.sampled(0.8)).write(prompt, 100, Key.of(1));
/// }
///
/// @param <S> the state of the model
public final class Generator<S> {
    private final LanguageModel<S> model;
    private final Choice choice;
    private final Compiled<Reading<S>, Writing<S>> step = Compiled.of(this::next);

    /// A generator.
    ///
    /// @param model the model
    /// @param choice how a token is chosen
    public Generator(LanguageModel<S> model, Choice choice) {
        this.model = model;
        this.choice = choice;
    }

    /// Further tokens after a prompt.
    ///
    /// @param prompt `[N,T]`, integers, at least one step
    /// @param count how many
    /// @param key where chance comes from
    /// @return `[N,count]`
    /// @throws InvalidArgument if nothing is asked for, or prompt and tokens exceed the context of the model
    public Tensor write(Tensor prompt, long count, Key key) {
        check(prompt, count);
        Writing<S> writing = next(new Reading<>(model.start(prompt), prompt, Array.key(key.fold(0))));
        List<Tensor> written = new ArrayList<>(List.of(writing.token));
        for (long i = 1; i < count; i++) {
            writing = step.apply(new Reading<>(writing.state, writing.token, Array.key(key.fold(i))));
            written.add(writing.token);
        }
        return Tensor.concat(1, written);
    }

    /// Reads some tokens and chooses the one that follows: a pure function of tensors.
    public Writing<S> next(Reading<S> reading) {
        Steps<S> steps = model.run(reading.state, reading.tokens);
        Tensor scores = steps.results().take(1, reading.tokens.dim(1) - 1);
        Tensor token = choice.of(scores, reading.key).to(reading.tokens.dtype());
        return new Writing<>(steps.last(), token.expand(1));
    }

    /// What is read.
    ///
    /// @param state of the model before it
    /// @param tokens `[N,T]`, integers
    /// @param key where chance comes from, `i64[]`
    public record Reading<S>(S state, Tensor tokens, Tensor key) {}

    /// What is written.
    ///
    /// @param state of the model after what it has read
    /// @param token the next one, `[N,1]`
    public record Writing<S>(S state, Tensor token) {}

    private void check(Tensor prompt, long count) {
        if (prompt.rank() != 2 || prompt.dim(1) < 1 || count < 1) {
            throw new InvalidArgument("writing takes a prompt [N,T] of at least one token and writes at least one, not "
                    + count + " after " + prompt.type());
        }
        if (prompt.dim(1) + count - 1 > model.context()) {
            throw new InvalidArgument("the model can look at " + model.context() + " tokens, not at a prompt of "
                    + prompt.dim(1) + " and " + count + " more");
        }
    }

    /// How a token is chosen from scores.
    @FunctionalInterface
    public interface Choice {
        /// The number of a token for every row.
        ///
        /// @param scores `[N,vocabulary]`
        /// @param key a random key, `i64[]`
        Tensor of(Tensor scores, Tensor key);

        /// The one with the highest score.
        static Choice likeliest() {
            return (scores, key) -> scores.argmax(-1);
        }

        /// Drawn with the probabilities softmax(scores/temperature).
        ///
        /// @param temperature near 0 the likeliest, 1 as the model says, above it more at random
        /// @throws InvalidArgument if the temperature is not above 0
        static Choice sampled(double temperature) {
            if (!(temperature > 0)) {
                throw new InvalidArgument("a temperature is above 0, not " + temperature);
            }
            return (scores, key) -> key.categorical(scores.div(temperature), -1);
        }

        /// Drawn as this choice does, but only from the k highest scores.
        default Choice amongHighest(long k) {
            return (scores, key) -> {
                Tensor least = scores.topK(-1, k).values().slice(-1, k - 1, k);
                return of(scores.ge(least).where(scores, scores.constant(Double.NEGATIVE_INFINITY)), key);
            };
        }
    }
}
