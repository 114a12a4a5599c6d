package dev.adjoint.data.text;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Examples;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;

/// A text in windows: example i has the tokens i·c … i·c + c−1 as features and the next one of each as labels, both
/// `i64[batch,c]` for the context length c.
public final class TextData implements Examples {
    private final String name;
    private final Tokenizer tokenizer;
    private final int[] tokens;
    private final int context;

    private TextData(String name, Tokenizer tokenizer, int[] tokens, int context) {
        this.name = name;
        this.tokenizer = tokenizer;
        this.tokens = tokens;
        this.context = context;
        if (context < 1) {
            throw new InvalidArgument("the context length must be at least 1, not " + context);
        }
        if (tokens.length <= context) {
            throw new InvalidArgument("text " + name + ": its " + tokens.length
                    + " tokens are too few for one example of " + context + " and the next");
        }
    }

    /// A text in windows of this length.
    ///
    /// @param context tokens of an example, at least 1
    /// @throws InvalidArgument if the text has fewer tokens than an example and the next, or something the tokenizer does
    ///     not know
    public static TextData of(String name, String text, Tokenizer tokenizer, int context) {
        return new TextData(name, tokenizer, tokenizer.encode(text), context);
    }

    /// A text in two parts that follow each other.
    ///
    /// @param train the first part, to learn from
    /// @param test the last part, held out to measure with
    public record Parts(TextData train, TextData test) {}

    /// The last part of the text held out: not windows from everywhere, whose neighbours would tell them.
    ///
    /// @param testFraction share of the tokens, between 0 and 1, both excluded
    /// @throws InvalidArgument if the fraction is outside its range or a part is too short for an example
    public Parts split(double testFraction) {
        if (!(testFraction > 0 && testFraction < 1)) {
            throw new InvalidArgument("the test fraction must lie between 0 and 1, not at " + testFraction);
        }
        int train = tokens.length - (int) Math.round(tokens.length * testFraction);
        return new Parts(
                new TextData(name, tokenizer, Arrays.copyOf(tokens, train), context),
                new TextData(name, tokenizer, Arrays.copyOfRange(tokens, train, tokens.length), context));
    }

    /// What the text is called.
    public String name() {
        return name;
    }

    /// What made the tokens.
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /// Tokens of an example.
    public int context() {
        return context;
    }

    /// The number of tokens of the whole text.
    public int length() {
        return tokens.length;
    }

    @Override
    public int size() {
        return (tokens.length - 1) / context;
    }

    @Override
    public Batch batch(int... rows) {
        TensorType type = TensorType.of(DType.I64, rows.length, context);
        long[] features = new long[Math.multiplyExact(rows.length, context)];
        long[] labels = new long[features.length];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0 || rows[i] >= size()) {
                throw new InvalidArgument(
                        "text " + name + " has no row " + rows[i] + "; its rows are 0 to " + (size() - 1));
            }
            for (int j = 0; j < context; j++) {
                int at = rows[i] * context + j;
                features[i * context + j] = tokens[at];
                labels[i * context + j] = tokens[at + 1];
            }
        }
        return new Batch(Array.of(type, Elements.wrap(features)), Array.of(type, Elements.wrap(labels)));
    }
}
