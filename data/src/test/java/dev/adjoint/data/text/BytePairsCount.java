package dev.adjoint.data.text;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// The most frequent pair, found by counting anew: words end before a space.
final class BytePairsCount {
    private BytePairsCount() {}

    static BytePairs.Pair mostFrequent(BytePairs pairs, String text) {
        Map<BytePairs.Pair, Integer> counts = new TreeMap<>();
        java.util.regex.Pattern.compile(" ?[abcd]+|\\s+")
                .matcher(text)
                .results()
                .forEach(word -> {
                    int[] tokens = pairs.encode(word.group());
                    for (int i = 0; i + 1 < tokens.length; i++) {
                        counts.merge(new BytePairs.Pair(tokens[i], tokens[i + 1]), 1, Integer::sum);
                    }
                });
        int most = counts.values().stream().max(Comparator.naturalOrder()).orElseThrow();
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
