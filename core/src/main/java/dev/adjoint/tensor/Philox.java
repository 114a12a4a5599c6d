package dev.adjoint.tensor;

/// Philox4x32-10: a keyed bijection on 128-bit counters whose outputs pass as random bits.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. Element `i` of a random
/// tensor depends on the key and `i` alone, so any split of the work gives the same bits.
public final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long MASK = 0xFFFFFFFFL;

    /// Separates the counters that derive keys from those that draw numbers.
    private static final long FOLD_STREAM = 0x666F6C64L;

    private Philox() {}

    /// Encrypts the counter (`low`, `high`) and writes four words of 32 bits to `out`.
    public static void words(long key, long low, long high, int[] out) {
        int c0 = (int) low;
        int c1 = (int) (low >>> 32);
        int c2 = (int) high;
        int c3 = (int) (high >>> 32);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * (c0 & MASK);
            long p1 = MULTIPLIER_1 * (c2 & MASK);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }

    /// The key derived from a key and a number.
    public static long fold(long key, long number) {
        int[] out = new int[4];
        words(key, number, FOLD_STREAM, out);
        return (out[0] & MASK) | ((long) out[1] << 32);
    }

    /// A multiple of 2⁻⁵³ in [0, 1): words 0, 1 of the block for even indices, words 2, 3 for odd ones.
    public static double uniform(long key, long index) {
        int[] out = new int[4];
        words(key, index >>> 1, 0, out);
        return uniform(out, (int) (index & 1));
    }

    /// The first (`half` = 0) or second uniform number of four words.
    public static double uniform(int[] words, int half) {
        return (bits(words, half) >>> 11) * 0x1.0p-53;
    }

    /// The first (`half` = 0) or second 64 bits of four words.
    public static long bits(int[] words, int half) {
        return (words[2 * half] & MASK) | ((long) words[2 * half + 1] << 32);
    }

    /// A standard normal number by Box–Muller: √(−2 ln(1−u₀))·cos 2πu₁, in exactly rounded-everywhere `StrictMath`.
    public static double normal(long key, long index) {
        int[] out = new int[4];
        words(key, index, 1, out);
        return normal(out);
    }

    /// The standard normal number of four words.
    public static double normal(int[] words) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform(words, 0)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(words, 1));
    }
}
