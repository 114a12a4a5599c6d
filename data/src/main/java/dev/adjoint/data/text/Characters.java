package dev.adjoint.data.text;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.OneLine;
import java.util.List;

/// One token for each character (Unicode code point), in the order of their numbers.
public final class Characters implements Tokenizer {
    private final Vocabulary vocabulary;

    private Characters(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /// The characters of a text.
    ///
    /// @throws InvalidArgument if the text is empty
    public static Characters of(String text) {
        return of(text.codePoints()
                .sorted()
                .distinct()
                .mapToObj(Character::toString)
                .toList());
    }

    /// These characters in this order, for instance those of a tokenizer that was stored.
    ///
    /// @throws InvalidArgument if there are none, or one is there twice
    public static Characters of(List<String> characters) {
        return new Characters(new Vocabulary(characters));
    }

    /// The characters; a token is an index into this list.
    public List<String> characters() {
        return vocabulary.entries();
    }

    @Override
    public int size() {
        return vocabulary.entries().size();
    }

    @Override
    public int[] encode(String text) {
        int[] points = text.codePoints().toArray();
        int[] tokens = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            String character = Character.toString(points[i]);
            tokens[i] = vocabulary.place(character);
            if (tokens[i] < 0) {
                throw new InvalidArgument("the character '" + OneLine.of(character) + "' at position " + i
                        + " is none of the " + size() + " that are known");
            }
        }
        return tokens;
    }

    @Override
    public String decode(int... tokens) {
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            text.append(vocabulary.entry(token));
        }
        return text.toString();
    }
}
