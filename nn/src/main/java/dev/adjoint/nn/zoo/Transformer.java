package dev.adjoint.nn.zoo;

import dev.adjoint.nn.Embedding;
import dev.adjoint.nn.LayerNorm;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.nn.transformer.DecoderBlock;
import dev.adjoint.nn.transformer.KeyValueCache;
import dev.adjoint.nn.transformer.SinusoidalPositions;
import dev.adjoint.nn.transformer.TransformerBlock;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// One sequence from another by attention alone: an encoder reads the source, a decoder looks at what the encoder made of it
/// and at the target so far.
///
/// Sources are `[N,S]` and targets `[N,T]`, integers; scores are `[N,T,vocabulary]`. Positions are waves, normalisations stand
/// before (the first paper had them after). Source: Vaswani and others, "Attention is all you need", 2017.
///
/// {@snippet :
/// Transformer model = Transformer.init(Key.of(1), new Transformer.Size(2, 4, 64, 20, 30));
/// Transformer.Memory memory = model.encode(sources, Pass.evaluation());
/// Tensor scores = model.decode(memory, targets, Pass.evaluation());
/// Tensor written = new Generator<>(model.given(memory, 20), Generator.Choice.likeliest()).write(start.expand(1), 12, Key.of(2));
/// }
///
/// @param encoder reads the source
/// @param decoder reads the target so far
/// @param readout the scores
public record Transformer(Encoder encoder, Decoder decoder, Linear readout) {
    /// The sizes of a model.
    ///
    /// @param layers how many blocks encoder and decoder have each
    /// @param heads the number of heads in each, which divides the width
    /// @param width of the vectors, even
    /// @param sources how many tokens the source's vocabulary has
    /// @param targets how many tokens the target's vocabulary has
    public record Size(int layers, long heads, long width, long sources, long targets) {}

    /// Reads the source.
    public record Encoder(Embedding table, List<TransformerBlock> blocks, LayerNorm norm) {
        public Encoder {
            blocks = List.copyOf(blocks);
        }
    }

    /// Reads the target so far.
    public record Decoder(Embedding table, List<DecoderBlock> blocks, LayerNorm norm) {
        public Decoder {
            blocks = List.copyOf(blocks);
        }
    }

    /// What the encoder made of the sources.
    ///
    /// @param vectors `[N,S,width]`
    /// @param mask which of them are no padding, `[N,1,1,S]`, booleans
    public record Memory(Tensor vectors, Tensor mask) {}

    /// New weights.
    public static Transformer init(Key key, Size size) {
        List<TransformerBlock> reading = new ArrayList<>();
        List<DecoderBlock> writing = new ArrayList<>();
        for (int i = 0; i < size.layers; i++) {
            reading.add(TransformerBlock.init(key.fold(0).fold(i), size.heads, size.width));
            writing.add(DecoderBlock.init(key.fold(1).fold(i), size.heads, size.width));
        }
        return new Transformer(
                new Encoder(Embedding.init(key.fold(2), size.sources, size.width), reading, LayerNorm.init(size.width)),
                new Decoder(Embedding.init(key.fold(3), size.targets, size.width), writing, LayerNorm.init(size.width)),
                Linear.readout(key.fold(4), size.width, size.targets));
    }

    /// The memory of sources of one length.
    public Memory encode(Tensor sources, Pass pass) {
        return encode(sources, Array.of(true).broadcastTo(sources.shape()), pass);
    }

    /// The memory of sources of different lengths.
    ///
    /// @param there which tokens are no padding, `[N,S]`, booleans; see [dev.adjoint.nn.recurrent.Masked#mask]
    public Memory encode(Tensor sources, Tensor there, Pass pass) {
        Tensor mask = there.reshape(Shape.of(there.dim(0), 1, 1, there.dim(1)));
        Tensor x = new SinusoidalPositions().apply(encoder.table.apply(sources, pass), pass);
        for (TransformerBlock block : encoder.blocks) {
            x = block.apply(x, mask, pass);
        }
        return new Memory(encoder.norm.apply(x, pass), mask);
    }

    /// The scores of the token after each of the target, of which those before are known.
    ///
    /// @param targets `[N,T]`, a token that begins, then those of the target but the last
    public Tensor decode(Memory memory, Tensor targets, Pass pass) {
        Tensor x = new SinusoidalPositions().apply(decoder.table.apply(targets, pass), pass);
        for (DecoderBlock block : decoder.blocks) {
            x = block.apply(x, memory.vectors, memory.mask, pass);
        }
        return readout.apply(decoder.norm.apply(x, pass), pass);
    }

    /// The model of the targets that a memory makes, with which a [Generator] writes.
    ///
    /// @param room the most tokens of a target
    public Writer given(Memory memory, long room) {
        return new Writer(decoder, readout, memory, room);
    }

    /// The target's side for one memory: tokens `[N,T]` to scores `[N,T,vocabulary]`.
    ///
    /// @param context the most tokens of a target
    public record Writer(Decoder decoder, Linear readout, Memory memory, long context)
            implements LanguageModel<List<KeyValueCache>> {
        @Override
        public List<KeyValueCache> start(Tensor tokens) {
            return decoder.blocks.stream()
                    .map(block -> block.block().attention().cache(tokens, context))
                    .toList();
        }

        @Override
        public Steps<List<KeyValueCache>> run(List<KeyValueCache> state, Tensor tokens) {
            Pass pass = Pass.evaluation();
            Tensor places = state.getFirst().positions(tokens.dim(1));
            Tensor x = new SinusoidalPositions().at(decoder.table.apply(tokens, pass), places);
            List<KeyValueCache> last = new ArrayList<>();
            for (int i = 0; i < state.size(); i++) {
                Steps<KeyValueCache> steps = decoder.blocks.get(i).run(state.get(i), x, memory.vectors, memory.mask);
                x = steps.results();
                last.add(steps.last());
            }
            return new Steps<>(readout.apply(decoder.norm.apply(x, pass), pass), List.copyOf(last));
        }
    }
}
