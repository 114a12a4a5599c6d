package dev.adjoint.train.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.zoo.CharacterModel;
import dev.adjoint.nn.zoo.Generator;
import dev.adjoint.nn.zoo.Gpt;
import dev.adjoint.nn.zoo.GptOptions;
import dev.adjoint.nn.zoo.LanguageModel;
import dev.adjoint.nn.zoo.SequenceToSequence;
import dev.adjoint.nn.zoo.SiameseLstm;
import dev.adjoint.nn.zoo.Transformer;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Models of sequences on a handful of short ones.
final class SequenceModelsLearnTest {
    private static final CharacterModel.Size SMALL = new CharacterModel.Size(4, 12, 1);

    /// 0 1 2 3 2 1 0 1 2 3 …: what follows 1 or 2 hangs on what was before.
    private static Tensor waves(int count, int length) {
        int[] tokens = new int[count * length];
        for (int i = 0; i < tokens.length; i++) {
            int phase = (i % length + i / length) % 6;
            tokens[i] = phase < 4 ? phase : 6 - phase;
        }
        return Array.of(tokens).reshape(count, length);
    }

    private static <S> void learnsWaves(LanguageModel<S> model, int steps) {
        Objective<LanguageModel<S>, Tensor> objective = LanguageModel::loss;
        LanguageModel<S> learned = Learning.learns(model, waves(6, 12), objective, steps);
        Tensor all = waves(1, 12);
        Tensor written = new Generator<>(learned, Generator.Choice.likeliest()).write(all.slice(1, 0, 6), 6, Key.of(1));
        assertThat(written).isEqualTo(Array.of(all.slice(1, 6, 12)));
    }

    @Test
    void characterModels() {
        learnsWaves(CharacterModel.lstm(Key.of(1), SMALL), 60);
        learnsWaves(CharacterModel.gru(Key.of(1), SMALL), 60);
        learnsWaves(CharacterModel.rnn(Key.of(1), SMALL), 60);
    }

    @Test
    void gpt() {
        learnsWaves(Gpt.init(Key.of(1), new GptOptions(2, 2, 16, 12, 4, GptOptions.Head.TIED, 0)), 80);
    }

    record Translation(Tensor sources, Tensor before, Tensor targets) {}

    /// Sequences of 0 … 3, to be turned round; 4 begins the target.
    private static Translation turnedRound() {
        Tensor sources =
                Array.of(0, 1, 2, 3, 2, 0, 1, 3, 3, 1, 0, 2, 1, 2, 3, 0).reshape(4, 4);
        Tensor targets = sources.flip(1);
        Tensor start = Array.of(4, 4, 4, 4).reshape(4, 1);
        return new Translation(sources, Tensor.concat(1, List.of(start, targets.slice(1, 0, 3))), targets);
    }

    private static Tensor loss(Tensor scores, Translation batch) {
        return Losses.softmaxCrossEntropy(scores.reshape(16, 5), batch.targets.reshape(16))
                .mean();
    }

    @Test
    void sequenceToSequence() {
        Objective<SequenceToSequence, Translation> objective =
                (model, batch, pass) -> loss(model.apply(batch.sources, batch.before, pass), batch);
        Translation batch = turnedRound();
        SequenceToSequence model = Learning.learns(
                SequenceToSequence.init(Key.of(1), new SequenceToSequence.Size(4, 5, 16)), batch, objective, 60);
        assertThat(model.write(batch.sources, Array.of(4, 4, 4, 4), 4)).isEqualTo(Array.of(batch.targets));
    }

    @Test
    void transformer() {
        Objective<Transformer, Translation> objective = (model, batch, pass) ->
                loss(model.decode(model.encode(batch.sources, pass), batch.before, pass), batch);
        Transformer start = Transformer.init(Key.of(1), new Transformer.Size(1, 2, 16, 4, 5));
        Translation batch = turnedRound();
        Transformer model = Learning.learns(start, batch, objective, 80);
        var writer = new Generator<>(
                model.given(model.encode(batch.sources, Pass.evaluation()), 4), Generator.Choice.likeliest());
        Tensor written = writer.write(Array.of(4, 4, 4, 4).expand(1), 4, Key.of(1));
        assertThat(written).isEqualTo(Array.of(batch.targets));
    }

    record Likeness(Tensor left, Tensor right, Tensor alike) {}

    @Test
    void aSiameseNetworkTellsWhoBeginsAlike() {
        Tensor left = Array.of(0, 1, 1, 1, 2, 2, 0, 2, 2, 1, 1, 2).reshape(4, 3);
        Tensor right = Array.of(0, 2, 2, 0, 1, 1, 1, 2, 1, 1, 2, 2).reshape(4, 3);
        Tensor alike = Array.of(1f, 0f, 0f, 1f);
        Objective<SiameseLstm, Likeness> objective = (model, batch, pass) ->
                model.apply(batch.left, batch.right).sub(batch.alike).square().mean();
        Learning.learns(SiameseLstm.init(Key.of(1), 3, 8), new Likeness(left, right, alike), objective, 40);
    }
}
