package dev.adjoint.cli.training;

import dev.adjoint.nn.zoo.CharacterModel;
import dev.adjoint.nn.zoo.Gpt;
import dev.adjoint.nn.zoo.GptOptions;
import dev.adjoint.nn.zoo.LanguageModel;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.NearestNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Models of text by name, with their sizes as settings: `gpt,layers=4,width=128`.
public enum TextModels {
    /// [Gpt]
    GPT(
            "gpt",
            "a decoder of transformer blocks as in GPT-2",
            List.of("layers", "heads", "width", "context", "dropout")) {
        @Override
        LanguageModel<?> init(Key key, Selection s, long vocabulary) {
            long width = s.count("width", WIDTH);
            long heads = s.count("heads", 4);
            if (width % heads != 0) {
                throw new InvalidArgument(
                        "gpt: heads must divide the width, and " + heads + " does not divide " + width);
            }
            return Gpt.init(
                    key,
                    new GptOptions(
                            (int) s.count("layers", 4),
                            heads,
                            width,
                            context(s),
                            vocabulary,
                            GptOptions.Head.TIED,
                            s.share("dropout", 0)));
        }
    },
    /// [CharacterModel#lstm]
    CHAR_LSTM("char-lstm", "long short-term memories", List.of("layers", "width", "context")) {
        @Override
        LanguageModel<?> init(Key key, Selection s, long vocabulary) {
            return CharacterModel.lstm(key, size(s, vocabulary));
        }
    },
    /// [CharacterModel#gru]
    CHAR_GRU("char-gru", "gated recurrent units", List.of("layers", "width", "context")) {
        @Override
        LanguageModel<?> init(Key key, Selection s, long vocabulary) {
            return CharacterModel.gru(key, size(s, vocabulary));
        }
    },
    /// [CharacterModel#rnn]
    CHAR_RNN("char-rnn", "simple recurrent layers", List.of("layers", "width", "context")) {
        @Override
        LanguageModel<?> init(Key key, Selection s, long vocabulary) {
            return CharacterModel.rnn(key, size(s, vocabulary));
        }
    };

    private static final long WIDTH = 128;
    private static final long CONTEXT = 64;

    private final String label;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of made it
    private final List<String> sizes;

    TextModels(String label, String description, List<String> sizes) {
        this.label = label;
        this.description = description;
        this.sizes = sizes;
    }

    abstract LanguageModel<?> init(Key key, Selection selection, long vocabulary);

    /// New weights.
    ///
    /// @param vocabulary how many characters there are
    /// @throws InvalidArgument if a size is unknown or does not fit
    LanguageModel<?> model(Key key, Selection selection, long vocabulary) {
        selection.settings().keySet().stream()
                .filter(size -> !sizes.contains(size))
                .findFirst()
                .ifPresent(size -> {
                    throw NearestNames.unknown("setting of " + label, size, sizes);
                });
        return init(key, selection, vocabulary);
    }

    private static CharacterModel.Size size(Selection s, long vocabulary) {
        return new CharacterModel.Size(vocabulary, s.count("width", WIDTH), (int) s.count("layers", 1));
    }

    /// How many characters an example has.
    static int context(Selection selection) {
        return (int) selection.count("context", CONTEXT);
    }

    /// The name on the command line.
    public String label() {
        return label;
    }

    /// What it is.
    public String description() {
        return description + "; settings: " + String.join(", ", sizes);
    }

    /// How many numbers a model of the usual sizes learns.
    public long weights(long vocabulary) {
        return dev.adjoint.nn.Summary.weights(model(Key.of(0), Selection.parse(label), vocabulary));
    }

    /// The model of this name.
    public static Optional<TextModels> find(String label) {
        return Stream.of(values()).filter(m -> m.label.equals(label)).findFirst();
    }
}
