package dev.adjoint.data.text;

import dev.adjoint.tensor.InvalidArgument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One token for each word, number, run of spaces and other character. Token 0 stands for what is not known and is decoded to
/// U+FFFD (�); everything else comes back as it was.
public final class Words implements Tokenizer {
    /// What an unknown word is decoded to.
    public static final String UNKNOWN = "\uFFFD";

    private static final Pattern PIECE = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*|\\p{N}+|\\s+|.", Pattern.DOTALL);

    private final Vocabulary vocabulary;

    private Words(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /// The words of a text, the most frequent ones if there are more than fit; of equally frequent ones those first in
    /// alphabetical order.
    ///
    /// @param size the largest number of tokens, that of the unknown included, at least 2
    /// @throws InvalidArgument if the size is below 2
    public static Words of(String text, int size) {
        if (size < 2) {
            throw new InvalidArgument("a vocabulary of words needs at least 2 tokens, not " + size);
        }
        Map<String, Integer> counts = new HashMap<>();
        pieces(text).forEach(piece -> counts.merge(piece, 1, Integer::sum));
        counts.remove(UNKNOWN);
        List<String> entries = new ArrayList<>(List.of(UNKNOWN));
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(size - 1L)
                .forEach(entry -> entries.add(entry.getKey()));
        return new Words(new Vocabulary(entries));
    }

    /// These words in this order, for instance those of a tokenizer that was stored; the first is [#UNKNOWN].
    ///
    /// @throws InvalidArgument if the first is another one, or one is there twice
    public static Words of(List<String> words) {
        if (words.isEmpty() || !words.getFirst().equals(UNKNOWN)) {
            throw new InvalidArgument("the first token of a vocabulary of words must be the unknown one, U+FFFD");
        }
        return new Words(new Vocabulary(words));
    }

    private static List<String> pieces(String text) {
        return PIECE.matcher(text).results().map(found -> found.group()).toList();
    }

    /// The words; a token is an index into this list.
    public List<String> words() {
        return vocabulary.entries();
    }

    @Override
    public int size() {
        return vocabulary.entries().size();
    }

    @Override
    public int[] encode(String text) {
        return pieces(text).stream()
                .mapToInt(piece -> Math.max(0, vocabulary.place(piece)))
                .toArray();
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
