package dev.adjoint.nn.transformer;

import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.op.composite.Attention;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Attention of several heads: each takes its part of the queries q = x·W_q, keys k = m·W_k and values v = m·W_v, computes
/// softmax(q·kᵀ/√d)·v, and what they give goes through W_o.
///
/// x is `[N,T,width]` and the memory m is `[N,S,width]`; in self-attention, which [#apply(Tensor, Pass)] is, m = x. y is
/// `[N,T,width]`. Source: Vaswani and others, "Attention is all you need", 2017.
///
/// The weights softmax(q·kᵀ/√d), `[N,heads,T,S]`, are held by no one: memory grows with T + S, in training too. Only dropout of
/// the attention stands on the weights themselves, so training with it holds them.
///
/// {@snippet :
/// MultiHeadAttention attention = MultiHeadAttention.init(Key.of(1), 8, 64).causal();
/// Tensor y = attention.apply(x, Pass.evaluation());
/// Tensor z = attention.attend(x, memory, Pass.evaluation());
/// }
///
/// @param maps the four maps
/// @param settings all that is no weight
public record MultiHeadAttention(Maps maps, Settings settings) implements Layer {
    /// The maps of queries, keys, values and results, each `[width,width]`.
    public record Maps(Linear query, Linear key, Linear value, Linear output) {}

    /// All that is no weight.
    ///
    /// @param heads how many heads there are; they divide the width
    /// @param masking whether a step may look at later ones in self-attention
    /// @param rotary the positions, if they are told by turning queries and keys
    /// @param dropout the share of attention that is left out while the network is trained, from 0 to below 1
    public record Settings(long heads, Attention.Masking masking, Optional<Rotary> rotary, double dropout) {}

    public MultiHeadAttention {
        long width = maps.query.weight().dim(-1);
        if (settings.heads < 1 || width % settings.heads != 0) {
            throw new InvalidArgument(
                    "attention: " + settings.heads + " heads must divide the width, which is " + width);
        }
        if (settings.masking == Attention.Masking.GIVEN) {
            throw new InvalidArgument("attention: a mask is given when it is applied: attend(x, memory, mask, pass)");
        }
    }

    /// Weights by Glorot, biases 0; every step looks at all others, no dropout.
    public static MultiHeadAttention init(Key key, long heads, long width) {
        Maps maps = new Maps(
                Linear.readout(key.fold(0), width, width),
                Linear.readout(key.fold(1), width, width),
                Linear.readout(key.fold(2), width, width),
                Linear.readout(key.fold(3), width, width));
        return new MultiHeadAttention(maps, new Settings(heads, Attention.Masking.NONE, Optional.empty(), 0));
    }

    /// In self-attention a step looks at itself and those before it alone.
    public MultiHeadAttention causal() {
        return new MultiHeadAttention(
                maps, new Settings(settings.heads, Attention.Masking.CAUSAL, settings.rotary, settings.dropout));
    }

    /// With rotary positions.
    public MultiHeadAttention rotary(Rotary rotary) {
        return new MultiHeadAttention(
                maps, new Settings(settings.heads, settings.masking, Optional.of(rotary), settings.dropout));
    }

    /// With dropout of the attention.
    public MultiHeadAttention dropout(double rate) {
        return new MultiHeadAttention(maps, new Settings(settings.heads, settings.masking, settings.rotary, rate));
    }

    /// Self-attention.
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        checkSequences(x);
        Tensor positions = positions(x);
        Tensor keys = turned(heads(maps.key, x, pass), positions);
        Tensor queries = turned(heads(maps.query, x, pass), positions);
        Heads heads = new Heads(queries, keys, heads(maps.value, x, pass));
        return output(heads.seen(settings.masking, dropout(pass)), pass);
    }

    /// Attention to a memory: every step looks at all of it.
    public Tensor attend(Tensor x, Tensor memory, Pass pass) {
        checkSequences(x);
        checkSequences(memory);
        Tensor keys = turned(heads(maps.key, memory, pass), positions(memory));
        Tensor queries = turned(heads(maps.query, x, pass), positions(x));
        Heads heads = new Heads(queries, keys, heads(maps.value, memory, pass));
        return output(heads.seen(Attention.Masking.NONE, dropout(pass)), pass);
    }

    /// Attention to the parts of a memory that a mask lets through; the masking of the settings does not count.
    ///
    /// @param mask broadcasts to `[N,heads,T,S]`: booleans that say what is looked at, or numbers that are added to the
    ///     scores; the steps of padded sequences, `[N,S]`, are `mask.expand(1).expand(1)`
    public Tensor attend(Tensor x, Tensor memory, Tensor mask, Pass pass) {
        checkSequences(x);
        checkSequences(memory);
        Tensor keys = turned(heads(maps.key, memory, pass), positions(memory));
        Tensor queries = turned(heads(maps.query, x, pass), positions(x));
        Heads heads = new Heads(queries, keys, heads(maps.value, memory, pass));
        return output(heads.seen(mask, dropout(pass)), pass);
    }

    /// A cache without steps.
    ///
    /// @param x the steps to come or a part of them; their number of sequences and type count
    /// @param room how many steps there is room for
    public KeyValueCache cache(Tensor x, long room) {
        long width = maps.query.weight().dim(-1);
        Shape shape = Shape.of(x.dim(0), settings.heads, room, width / settings.heads);
        Tensor zero = maps.query.weight().constant(0).broadcastTo(shape);
        return new KeyValueCache(
                zero, zero, x.iota(TensorType.of(DType.I64, 1), 0).reshape(Shape.scalar()));
    }

    /// Causal self-attention of further steps, which look at themselves and all in the cache.
    public Steps<KeyValueCache> run(KeyValueCache cache, Tensor x) {
        checkSequences(x);
        Pass pass = Pass.evaluation();
        Tensor positions = cache.positions(x.dim(1));
        KeyValueCache longer = cache.with(turned(heads(maps.key, x, pass), positions), heads(maps.value, x, pass));
        Tensor queries = turned(heads(maps.query, x, pass), positions);
        Tensor seen = queries.attention(longer.keys(), longer.values(), cache.visible(x.dim(1)));
        return new Steps<>(output(seen, pass), longer);
    }

    private Tensor heads(Linear map, Tensor x, Pass pass) {
        Tensor y = map.apply(x, pass);
        return y.reshape(y.dim(0), y.dim(1), settings.heads, y.dim(2) / settings.heads)
                .permute(0, 2, 1, 3);
    }

    private Tensor turned(Tensor heads, Tensor positions) {
        return settings.rotary.map(rotary -> rotary.apply(heads, positions)).orElse(heads);
    }

    private static Tensor positions(Tensor x) {
        return x.iota(TensorType.of(DType.I64, x.dim(1)), 0);
    }

    /// What the heads look at, and how.
    private record Heads(Tensor queries, Tensor keys, Tensor values) {
        Tensor seen(Attention.Masking masking, Optional<UnaryOperator<Tensor>> dropout) {
            if (dropout.isPresent()) {
                return dropout.get()
                        .apply(queries.attentionWeights(keys, masking))
                        .matmul(values);
            }
            return masking == Attention.Masking.CAUSAL
                    ? queries.causalAttention(keys, values)
                    : queries.attention(keys, values);
        }

        Tensor seen(Tensor mask, Optional<UnaryOperator<Tensor>> dropout) {
            return dropout.map(drop ->
                            drop.apply(queries.attentionWeights(keys, mask)).matmul(values))
                    .orElseGet(() -> queries.attention(keys, values, mask));
        }
    }

    private Optional<UnaryOperator<Tensor>> dropout(Pass pass) {
        boolean drops = pass.isTraining() && settings.dropout > 0;
        return drops ? Optional.of(weights -> weights.dropout(pass.nextKey(), settings.dropout)) : Optional.empty();
    }

    private Tensor output(Tensor seen, Pass pass) {
        Tensor y = seen.permute(0, 2, 1, 3);
        return maps.output.apply(y.reshape(y.dim(0), y.dim(1), y.dim(2) * y.dim(3)), pass);
    }

    private static void checkSequences(Tensor x) {
        if (x.rank() != 3) {
            throw new ShapeMismatch("attention", List.of(x.type()), "x must be [N,T,width]: sequences, steps, numbers");
        }
    }
}
