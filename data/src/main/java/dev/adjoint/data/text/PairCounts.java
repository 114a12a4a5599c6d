package dev.adjoint.data.text;

import dev.adjoint.data.text.BytePairs.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// How often each pair of neighbours occurs in the words of a text, kept while pairs become tokens: only the words that hold
/// the pair are counted again.
final class PairCounts {
    private final List<Word> words = new ArrayList<>();
    private final Map<Pair, Long> counts = new HashMap<>();
    private final Map<Pair, Set<Word>> places = new HashMap<>();

    /// A different word of the text, as the tokens it is made of at present.
    private static final class Word {
        private int[] symbols;
        private final int count;

        Word(int[] symbols, int count) {
            this.symbols = symbols;
            this.count = count;
        }
    }

    /// @param text the different words with their numbers
    PairCounts(Map<String, Integer> text) {
        // In alphabetical order, so that the result does not depend on a hash.
        new TreeMap<>(text).forEach((word, count) -> words.add(new Word(BytePairs.symbols(word), count)));
        words.forEach(word -> count(word, 1));
    }

    /// The pairs that become tokens, at most so many.
    List<Pair> train(int most) {
        List<Pair> merges = new ArrayList<>();
        while (merges.size() < most) {
            Map.Entry<Pair, Long> best = null;
            for (Map.Entry<Pair, Long> entry : counts.entrySet()) {
                best = best == null || isBefore(entry, best) ? entry : best;
            }
            if (best == null || best.getValue() < 2) {
                break;
            }
            Pair pair = best.getKey();
            merge(pair, BytePairs.BYTES + merges.size());
            merges.add(pair);
        }
        return merges;
    }

    /// More frequent, or as frequent and of earlier tokens.
    private static boolean isBefore(Map.Entry<Pair, Long> entry, Map.Entry<Pair, Long> other) {
        int order = Long.compare(entry.getValue(), other.getValue());
        return order > 0 || (order == 0 && entry.getKey().compareTo(other.getKey()) < 0);
    }

    private void merge(Pair pair, int token) {
        for (Word word : List.copyOf(places.getOrDefault(pair, Set.of()))) {
            count(word, -1);
            int length = BytePairs.merge(word.symbols, word.symbols.length, pair, token);
            word.symbols = Arrays.copyOf(word.symbols, length);
            count(word, 1);
        }
    }

    /// Adds the pairs of a word or takes them away.
    private void count(Word word, int sign) {
        for (int i = 0; i + 1 < word.symbols.length; i++) {
            Pair pair = new Pair(word.symbols[i], word.symbols[i + 1]);
            long count = counts.merge(pair, (long) sign * word.count, Long::sum);
            Set<Word> holders = places.computeIfAbsent(pair, _ -> new HashSet<>());
            if (sign > 0) {
                holders.add(word);
            } else {
                holders.remove(word);
            }
            if (count == 0) {
                counts.remove(pair);
                places.remove(pair);
            }
        }
    }
}
