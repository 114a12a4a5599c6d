package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Embedding;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.recurrent.Lstm;
import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.tensor.Cells.LstmState;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// One sequence from another: a long short-term memory reads the source, a second one, which begins where the first ended,
/// writes the target and looks back at every step of the source: a = softmax(h·sᵀ/√H)·s, y = readout(tanh((a, h)·W)).
///
/// Sources are `[N,S]` and targets `[N,T]`, integers; scores are `[N,T,vocabulary]`. Source: Luong, Pham, Manning, "Effective
/// approaches to attention-based neural machine translation", 2015 (global attention, by products).
///
/// {@snippet :
/// var model = SequenceToSequence.init(Key.of(1), new SequenceToSequence.Size(20, 30, 64));
/// Tensor scores = model.apply(sources, targets, Pass.evaluation());
/// Tensor written = model.write(sources, start, 12);
/// }
///
/// @param reading the source's side
/// @param writing the target's side
/// @param mixture W
/// @param readout the scores
public record SequenceToSequence(Side reading, Side writing, Linear mixture, Linear readout) {
    /// The vectors of a vocabulary and the network that takes them.
    public record Side(Embedding table, Lstm network) {
        private Steps<LstmState> run(LstmState state, Tensor tokens) {
            return network.run(state, table.apply(tokens, Pass.evaluation()));
        }
    }

    /// The sizes of a model.
    ///
    /// @param sources how many tokens the source's vocabulary has
    /// @param targets how many tokens the target's vocabulary has
    /// @param width of vectors and states
    public record Size(long sources, long targets, long width) {}

    /// New weights.
    public static SequenceToSequence init(Key key, Size size) {
        long width = size.width;
        return new SequenceToSequence(
                side(key.fold(0), size.sources, width),
                side(key.fold(1), size.targets, width),
                Linear.readout(key.fold(2), 2 * width, width),
                Linear.readout(key.fold(3), width, size.targets));
    }

    private static Side side(Key key, long tokens, long width) {
        return new Side(Embedding.init(key.fold(0), tokens, width), Lstm.init(key.fold(1), width, width));
    }

    /// The scores of the token after each of the target, of which those before are known.
    ///
    /// @param sources `[N,S]`
    /// @param targets `[N,T]`, a token that begins, then those of the target but the last
    public Tensor apply(Tensor sources, Tensor targets, Pass pass) {
        Steps<LstmState> read = read(sources);
        return scores(writing.run(read.last(), targets).results(), read.results(), pass);
    }

    /// The likeliest token after each other.
    ///
    /// @param start the token that begins, `[N]`
    /// @param count how many
    /// @return `[N,count]`
    public Tensor write(Tensor sources, Tensor start, long count) {
        if (count < 1) {
            throw new InvalidArgument("at least one token is written, not " + count);
        }
        Generator.Choice choice = Generator.Choice.likeliest();
        return new Generator<>(given(sources), choice).write(start.expand(1), count, Key.of(0));
    }

    /// The model of the targets that sources make, with which a [Generator] writes.
    public Writer given(Tensor sources) {
        return new Writer(this, read(sources));
    }

    /// The target's side for some sources: tokens `[N,T]` to scores `[N,T,vocabulary]`.
    ///
    /// @param read what the source's side gave
    public record Writer(SequenceToSequence model, Steps<LstmState> read) implements LanguageModel<LstmState> {
        @Override
        public long context() {
            return Long.MAX_VALUE;
        }

        @Override
        public LstmState start(Tensor tokens) {
            return read.last();
        }

        @Override
        public Steps<LstmState> run(LstmState state, Tensor tokens) {
            Steps<LstmState> steps = model.writing.run(state, tokens);
            return new Steps<>(model.scores(steps.results(), read.results(), Pass.evaluation()), steps.last());
        }
    }

    private Steps<LstmState> read(Tensor sources) {
        Tensor vectors = reading.table.apply(sources, Pass.evaluation());
        return reading.network.run(reading.network.start(vectors), vectors);
    }

    private Tensor scores(Tensor shown, Tensor memory, Pass pass) {
        Tensor seen = shown.attention(memory, memory);
        Tensor mixed = mixture.apply(Tensor.concat(-1, List.of(seen, shown)), pass);
        return readout.apply(mixed.tanh(), pass);
    }
}
