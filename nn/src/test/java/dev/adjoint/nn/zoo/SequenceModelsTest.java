package dev.adjoint.nn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.nn.Pass;
import dev.adjoint.nn.recurrent.Masked;
import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.nn.transformer.KeyValueCache;
import dev.adjoint.nn.zoo.Generator.Choice;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SequenceModelsTest {
    private static final Pass USE = Pass.evaluation();
    private static final Tensor TOKENS = Array.of(1, 4, 2, 0, 3, 3, 2, 1, 0, 4).reshape(2, 5);
    private static final Gpt GPT = Gpt.init(Key.of(1), new GptOptions(2, 2, 8, 7, 5, GptOptions.Head.TIED, 0.1));
    private static final CharacterModel<List<Tensor>> GRU =
            CharacterModel.gru(Key.of(2), new CharacterModel.Size(5, 6, 2));

    private static void close(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(Array.of(actual).toDoubles())
                .usingComparatorWithPrecision(1e-5)
                .containsExactly(Array.of(expected).toDoubles());
    }

    private static <S> void streams(LanguageModel<S> model) {
        Tensor whole = model.apply(TOKENS, USE);
        assertThat(whole.shape()).isEqualTo(Shape.of(2, 5, 5));
        Steps<S> first = model.run(model.start(TOKENS), TOKENS.slice(1, 0, 3));
        Steps<S> second = model.run(first.last(), TOKENS.slice(1, 3, 4));
        Steps<S> third = model.run(second.last(), TOKENS.slice(1, 4, 5));
        close(Tensor.concat(1, List.of(first.results(), second.results(), third.results())), whole);
    }

    @Test
    void tokensInPiecesGiveWhatTheWholeGives() {
        streams(GPT);
        streams(Gpt.init(Key.of(1), new GptOptions(1, 4, 8, 5, 5, GptOptions.Head.UNTIED, 0)));
        streams(GRU);
        streams(CharacterModel.rnn(Key.of(2), new CharacterModel.Size(5, 6, 1)));
        streams(CharacterModel.lstm(Key.of(2), new CharacterModel.Size(5, 6, 1)));
    }

    @Test
    void lossesAreTheCrossEntropyOfTheNextToken() {
        Array scores = Array.of(GPT.apply(TOKENS, USE).logSoftmax(-1));
        double sum = 0;
        for (int n = 0; n < 2; n++) {
            for (int t = 0; t < 4; t++) {
                sum -= scores.get(n, t, (long) Array.of(TOKENS).get(n, t + 1));
            }
        }
        assertThat(Array.of(GPT.loss(TOKENS, USE)).item()).isCloseTo(sum / 8, within(1e-5));
    }

    @Test
    void writingIsChoosingAgainAndAgain() {
        Tensor prompt = TOKENS.slice(1, 0, 2);
        Tensor written = new Generator<>(GPT, Choice.likeliest()).write(prompt, 3, Key.of(1));
        Tensor all = prompt;
        for (int i = 0; i < 3; i++) {
            Tensor next = GPT.apply(all, USE).take(1, all.dim(1) - 1).argmax(-1);
            all = Tensor.concat(1, List.of(all, next.to(prompt.dtype()).expand(1)));
        }
        assertThat(written).isEqualTo(Array.of(all.slice(1, 2, 5)));
    }

    @Test
    void chanceFollowsTheScores() {
        Tensor scores = Array.of((float) Math.log(1), (float) Math.log(2), (float) Math.log(5), -9f)
                .broadcastTo(Shape.of(8000, 4));
        Tensor key = Array.key(Key.of(6));
        shares(Choice.sampled(1).of(scores, key), 0.125, 0.25, 0.625);
        shares(Choice.sampled(0.5).of(scores, key), 1 / 30.0, 4 / 30.0, 25 / 30.0);
        shares(Choice.sampled(1).amongHighest(2).of(scores, key), 0, 2 / 7.0, 5 / 7.0);
        shares(Choice.sampled(9).amongHighest(1).of(scores, key), 0, 0, 1);
    }

    private static void shares(Tensor drawn, double... expected) {
        long[] numbers = Array.of(drawn).toLongs();
        for (int token = 0; token < expected.length; token++) {
            long wanted = token;
            double share = (double) java.util.Arrays.stream(numbers)
                            .filter(n -> n == wanted)
                            .count()
                    / numbers.length;
            // 8000 draws: the standard deviation of a share is below 0.006.
            assertThat(share).isCloseTo(expected[token], within(0.025));
        }
    }

    @Test
    void mistakesAreExplained() {
        var generator = new Generator<>(GPT, Choice.likeliest());
        assertThatThrownBy(() -> generator.write(TOKENS, 4, Key.of(1)))
                .hasMessage("the model can look at 7 tokens, not at a prompt of 5 and 4 more");
        assertThat(generator.write(TOKENS, 3, Key.of(1)).shape()).isEqualTo(Shape.of(2, 3));
        assertThatThrownBy(() -> generator.write(TOKENS, 0, Key.of(1)))
                .hasMessage("writing takes a prompt [N,T] of at least one token and writes at least one, not 0 after"
                        + " i32[2,5]");
        assertThatThrownBy(() -> Choice.sampled(0)).hasMessage("a temperature is above 0, not 0.0");
        assertThatThrownBy(() -> GPT.loss(TOKENS.slice(1, 0, 1), USE))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining("tokens must be [N,T] with at least two steps to foretell one");
        assertThatThrownBy(() -> new GptOptions(0, 1, 1, 1, 1, GptOptions.Head.TIED, 0))
                .hasMessage("a GPT has at least one block, not 0");
    }

    @Test
    void aSiameseNetworkSeesBothSidesAlike() {
        SiameseLstm model = SiameseLstm.init(Key.of(1), 5, 4);
        close(model.apply(TOKENS, TOKENS), Array.of(1f, 1f));
        close(model.apply(TOKENS, TOKENS.flip(1)), model.apply(TOKENS.flip(1), TOKENS));
        Tensor padded = model.encode(TOKENS, Array.of(3, 5));
        close(padded.slice(0, 0, 1), model.encode(TOKENS.slice(0, 0, 1).slice(1, 0, 3)));
    }

    @Test
    void aTranslationIsWrittenAsItIsScored() {
        var model = SequenceToSequence.init(Key.of(3), new SequenceToSequence.Size(5, 6, 8));
        Tensor start = Array.of(5, 5);
        Tensor written = model.write(TOKENS, start, 4);
        Tensor before = Tensor.concat(1, List.of(start.expand(1), written.slice(1, 0, 3)));
        Tensor scores = model.apply(TOKENS, before, USE);
        assertThat(scores.shape()).isEqualTo(Shape.of(2, 4, 6));
        assertThat(scores.argmax(-1).to(start.dtype())).isEqualTo(written);
        assertThatThrownBy(() -> model.write(TOKENS, start, 0)).hasMessage("at least one token is written, not 0");
    }

    @Test
    void aTransformerSeesNeitherPaddingNorItsFuture() {
        Transformer model = Transformer.init(Key.of(1), new Transformer.Size(2, 2, 8, 5, 6));
        Tensor there = Masked.mask(Array.of(3, 5), 5);
        Tensor scores = model.decode(model.encode(TOKENS, there, USE), TOKENS, USE);
        assertThat(scores.shape()).isEqualTo(Shape.of(2, 5, 6));
        Tensor shorter = TOKENS.slice(0, 0, 1).slice(1, 0, 3);
        Tensor alone = model.decode(model.encode(shorter, USE), TOKENS.slice(0, 0, 1), USE);
        close(scores.slice(0, 0, 1), alone);
        var writer = model.given(model.encode(TOKENS, there, USE), 6);
        Steps<List<KeyValueCache>> first = writer.run(writer.start(TOKENS), TOKENS.slice(1, 0, 3));
        Steps<List<KeyValueCache>> second = writer.run(first.last(), TOKENS.slice(1, 3, 5));
        close(Tensor.concat(1, List.of(first.results(), second.results())), scores);
        Tensor begun = model.decode(model.encode(TOKENS, there, USE), TOKENS.slice(1, 0, 2), USE);
        close(scores.slice(1, 0, 2), begun);
    }

    @Test
    void codesAreNarrow() {
        Autoencoder model = Autoencoder.init(Key.of(1), 6, 5, 2);
        Tensor x = Array.of(new float[][] {{1, 2, 3, 4, 5, 6}});
        assertThat(model.encoder().apply(x, USE).shape()).isEqualTo(Shape.of(1, 2));
        assertThat(model.apply(x, USE).shape()).isEqualTo(x.shape());
        assertThatThrownBy(() -> Autoencoder.init(Key.of(1), 6))
                .hasMessage("an autoencoder needs the width of its code");
    }

    @Test
    void theDivergenceOfACodeIsThatOfTwoNormalLaws() {
        var law = new VariationalAutoencoder.Law(Array.of(new double[][] {{1, -2}}), Array.of(new double[][] {
            {0, Math.log(4)}
        }));
        double expected = 0.5 * (1 + 1 - 1 - 0) + 0.5 * (4 + 4 - 1 - Math.log(4));
        assertThat(Array.of(law.divergence()).get(0)).isCloseTo(expected, within(1e-12));
        var model = VariationalAutoencoder.init(Key.of(1), new VariationalAutoencoder.Size(6, 5, 2));
        Tensor x = Array.of(new float[][] {{1, 0, 0, 1, 1, 0}});
        close(model.apply(x, USE), model.decode(model.encode(x, USE).mean(), USE));
        assertThat(model.apply(x, Pass.training(Array.key(Key.of(1))))).isNotEqualTo(model.apply(x, USE));
    }
}
