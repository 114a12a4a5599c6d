package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Dropout;
import dev.adjoint.nn.Embedding;
import dev.adjoint.nn.LayerNorm;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.nn.transformer.KeyValueCache;
import dev.adjoint.nn.transformer.LearnedPositions;
import dev.adjoint.nn.transformer.TransformerBlock;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A decoder of transformer blocks as in GPT-2: learned positions, normalisation before, GELU, causal attention.
///
/// Tokens are `[N,T]`, scores are `[N,T,vocabulary]`. The small GPT-2 has 124,439,808 weights. Source: Radford and others,
/// "Language models are unsupervised multitask learners", 2019.
///
/// {@snippet :
/// Gpt model = Gpt.init(Key.of(1), new GptOptions(4, 4, 64, 128, 96, GptOptions.Head.TIED, 0.1));
/// Tensor loss = model.loss(tokens, Pass.evaluation());
/// }
///
/// @param tokens a vector for every token
/// @param positions a vector for every position
/// @param blocks the blocks
/// @param norm the normalisation after the last block
/// @param head the map to the scores, or nothing if the vectors of the tokens serve
/// @param dropout of the vectors in front of the first block
public record Gpt(
        Embedding tokens,
        LearnedPositions positions,
        List<TransformerBlock> blocks,
        LayerNorm norm,
        Optional<Linear> head,
        Dropout dropout)
        implements LanguageModel<List<KeyValueCache>> {
    public Gpt {
        blocks = List.copyOf(blocks);
    }

    /// Normal numbers of deviation 0.02, those in front of a sum divided by √(2·layers), biases 0, as in GPT-2.
    public static Gpt init(Key key, GptOptions options) {
        List<TransformerBlock> blocks = new ArrayList<>();
        for (int i = 0; i < options.layers(); i++) {
            blocks.add(options.block(key.fold(0).fold(i)));
        }
        return new Gpt(
                Embedding.init(key.fold(1), 0.02, options.vocabulary(), options.width()),
                LearnedPositions.init(key.fold(2), options.context(), options.width()),
                blocks,
                LayerNorm.init(options.width()),
                options.readout(key.fold(3)),
                new Dropout(options.dropout()));
    }

    @Override
    public long context() {
        return positions.table().dim(0);
    }

    @Override
    public Tensor apply(Tensor numbers, Pass pass) {
        Tensor x = dropout.apply(positions.apply(tokens.apply(numbers, pass), pass), pass);
        for (TransformerBlock block : blocks) {
            x = block.apply(x, pass);
        }
        return scores(x, pass);
    }

    @Override
    public List<KeyValueCache> start(Tensor numbers) {
        return blocks.stream()
                .map(block -> block.attention().cache(numbers, context()))
                .toList();
    }

    @Override
    public Steps<List<KeyValueCache>> run(List<KeyValueCache> state, Tensor numbers) {
        Pass pass = Pass.evaluation();
        Tensor places = state.getFirst().positions(numbers.dim(1));
        Tensor x = positions.at(tokens.apply(numbers, pass), places);
        List<KeyValueCache> last = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Steps<KeyValueCache> steps = blocks.get(i).run(state.get(i), x);
            x = steps.results();
            last.add(steps.last());
        }
        return new Steps<>(scores(x, pass), List.copyOf(last));
    }

    private Tensor scores(Tensor x, Pass pass) {
        Tensor y = norm.apply(x, pass);
        return head.map(map -> map.apply(y, pass)).orElseGet(() -> tokens.scores(y));
    }
}
