package dev.adjoint.data.text;

import dev.adjoint.tensor.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Byte-pair encoding: tokens 0 … 255 are the bytes of UTF-8, and each further one is a pair of earlier ones. Every text has
/// an encoding, and decoding gives it back.
///
/// Trained, the most frequent pair of neighbours becomes a token, again and again; pairs do not cross the edge of a word,
/// which has the space before it. Sources: P. Gage, "A New Algorithm for Data Compression", 1994; R. Sennrich, B. Haddow,
/// A. Birch, "Neural Machine Translation of Rare Words with Subword Units", 2016, arXiv:1508.07909; the pieces of A. Radford
/// and others, "Language Models are Unsupervised Multitask Learners", 2019.
public final class BytePairs implements Tokenizer {
    static final int BYTES = 256;

    private static final Pattern PIECE = Pattern.compile(" ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+");

    private final List<Pair> merges;
    private final Map<Pair, Integer> tokens = new HashMap<>();
    private final List<byte[]> bytes = new ArrayList<>();

    /// Two neighbours that became one token.
    ///
    /// @param left the first token
    /// @param right the second token
    public record Pair(int left, int right) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            return left == other.left ? Integer.compare(right, other.right) : Integer.compare(left, other.left);
        }
    }

    private BytePairs(List<Pair> merges) {
        this.merges = List.copyOf(merges);
        for (int value = 0; value < BYTES; value++) {
            bytes.add(new byte[] {(byte) value});
        }
        for (Pair pair : merges) {
            if (Math.min(pair.left, pair.right) < 0 || Math.max(pair.left, pair.right) >= bytes.size()) {
                throw new InvalidArgument("the token " + bytes.size() + " is made of " + pair.left + " and "
                        + pair.right + ", which do not both come before it");
            }
            tokens.putIfAbsent(pair, bytes.size());
            byte[] left = bytes.get(pair.left);
            byte[] joined = Arrays.copyOf(left, left.length + bytes.get(pair.right).length);
            System.arraycopy(bytes.get(pair.right), 0, joined, left.length, joined.length - left.length);
            bytes.add(joined);
        }
    }

    /// The tokens trained on a text. There are fewer than asked for if no pair of neighbours is there twice any more.
    ///
    /// @param size the largest number of tokens, at least 256
    /// @throws InvalidArgument if the size is below 256
    public static BytePairs train(String text, int size) {
        if (size < BYTES) {
            throw new InvalidArgument("byte pairs need at least the " + BYTES + " tokens of single bytes, not " + size);
        }
        Map<String, Integer> words = new HashMap<>();
        PIECE.matcher(text).results().forEach(found -> words.merge(found.group(), 1, Integer::sum));
        return new BytePairs(new PairCounts(words).train(size - BYTES));
    }

    /// The tokens of these merges, for instance those of a tokenizer that was stored.
    ///
    /// @throws InvalidArgument if a pair is made of tokens that do not come before it
    public static BytePairs of(List<Pair> merges) {
        return new BytePairs(merges);
    }

    /// What became a token, in order; the first is token 256.
    public List<Pair> merges() {
        return merges;
    }

    @Override
    public int size() {
        return bytes.size();
    }

    @Override
    public int[] encode(String text) {
        Map<String, int[]> known = new HashMap<>();
        return PIECE.matcher(text)
                .results()
                .flatMapToInt(found -> Arrays.stream(known.computeIfAbsent(found.group(), this::encodeWord)))
                .toArray();
    }

    /// Merges the pair that became a token first, until there is none.
    private int[] encodeWord(String word) {
        int[] symbols = symbols(word);
        int length = symbols.length;
        while (true) {
            int first = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < length; i++) {
                first = Math.min(first, tokens.getOrDefault(new Pair(symbols[i], symbols[i + 1]), Integer.MAX_VALUE));
            }
            if (first == Integer.MAX_VALUE) {
                return Arrays.copyOf(symbols, length);
            }
            length = merge(symbols, length, merges.get(first - BYTES), first);
        }
    }

    static int[] symbols(String word) {
        byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
        int[] symbols = new int[utf8.length];
        Arrays.setAll(symbols, i -> Byte.toUnsignedInt(utf8[i]));
        return symbols;
    }

    /// Puts the token in place of its pair, from the left; gives the number of symbols left over.
    static int merge(int[] symbols, int length, Pair pair, int token) {
        int written = 0;
        for (int i = 0; i < length; i++) {
            boolean found = i + 1 < length && symbols[i] == pair.left && symbols[i + 1] == pair.right;
            symbols[written++] = found ? token : symbols[i];
            i += found ? 1 : 0;
        }
        return written;
    }

    @Override
    public String decode(int... tokens) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int token : tokens) {
            if (token < 0 || token >= size()) {
                throw new InvalidArgument("there is no token " + token + "; tokens are 0 to " + (size() - 1));
            }
            text.writeBytes(bytes.get(token));
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
