package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Embedding;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.recurrent.Gru;
import dev.adjoint.nn.recurrent.Lstm;
import dev.adjoint.nn.recurrent.Recurrent;
import dev.adjoint.nn.recurrent.Rnn;
import dev.adjoint.nn.recurrent.Stacked;
import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.tensor.Cells.LstmState;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// A recurrent model of characters or other tokens: a vector for every token, recurrent layers, and the scores of the token
/// that follows.
///
/// Tokens are `[N,T]`, scores are `[N,T,vocabulary]`.
///
/// {@snippet :
/// var model = CharacterModel.lstm(Key.of(1), new CharacterModel.Size(96, 128, 2));
/// Tensor scores = model.apply(tokens, Pass.evaluation());
/// }
///
/// @param table a vector for every token
/// @param body the recurrent layers
/// @param readout the scores
/// @param <S> the state of the recurrent layers
public record CharacterModel<S>(Embedding table, Recurrent<S> body, Linear readout) implements LanguageModel<S> {
    /// The sizes of a model.
    ///
    /// @param vocabulary how many tokens there are
    /// @param width of the vectors and the recurrent layers
    /// @param layers how many recurrent layers there are
    public record Size(long vocabulary, long width, int layers) {}

    /// With long short-term memories.
    public static CharacterModel<List<LstmState>> lstm(Key key, Size size) {
        return of(key, size, Stacked.of(size.layers, Lstm::init));
    }

    /// With gated recurrent units.
    public static CharacterModel<List<Tensor>> gru(Key key, Size size) {
        return of(key, size, Stacked.of(size.layers, Gru::init));
    }

    /// With simple recurrent layers.
    public static CharacterModel<List<Tensor>> rnn(Key key, Size size) {
        return of(key, size, Stacked.of(size.layers, Rnn::init));
    }

    private static <S> CharacterModel<List<S>> of(Key key, Size size, Stacked.StackMaker<S> layers) {
        return new CharacterModel<>(
                Embedding.init(key.fold(0), size.vocabulary, size.width),
                layers.init(key.fold(1), size.width, size.width),
                Linear.readout(key.fold(2), size.width, size.vocabulary));
    }

    @Override
    public long context() {
        return Long.MAX_VALUE;
    }

    @Override
    public S start(Tensor tokens) {
        return body.start(table.apply(tokens, Pass.evaluation()));
    }

    @Override
    public Steps<S> run(S state, Tensor tokens) {
        Pass pass = Pass.evaluation();
        Steps<S> steps = body.run(state, table.apply(tokens, pass));
        return new Steps<>(readout.apply(steps.results(), pass), steps.last());
    }
}
