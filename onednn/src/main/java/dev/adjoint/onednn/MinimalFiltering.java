package dev.adjoint.onednn;

/// Winograd's minimal filtering F(m, 3) along one axis: m results of three taps by m + 2 multiplications instead of 3m,
///
/// `y = Aᵀ((G·w) ⊙ (Bᵀ·x))`.
///
/// The gradients are the transposes of these. See Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016.
///
/// Each function takes lines of equal length, many filterings side by side. Every line is an array of its own, because the
/// compiler of the JVM makes vectors of nothing else: of two places of one array it does not know that they differ. It makes
/// none of long loops, either.
sealed interface MinimalFiltering permits TwoResults, FourResults {
    int TAPS = 3;

    /// Results of a filtering.
    int results();

    /// Places that a filtering reads, and its products.
    default int tile() {
        return results() + TAPS - 1;
    }

    /// Bᵀ·x.
    void data(float[][] x, float[][] to, int length);

    /// G·w.
    void filter(float[][] w, float[][] to, int length);

    /// Aᵀ·m.
    void result(float[][] m, float[][] to, int length);

    /// A·y, the transpose of [#result].
    void cotangent(float[][] y, float[][] to, int length);

    /// Gᵀ·m, the transpose of [#filter].
    void filterGradient(float[][] m, float[][] to, int length);

    /// Adds 0 to each sum for finite results, and NaN for others, or for some whose sum is not finite.
    void check(float[][] y, float[] sums, int length);

    /// Adds one line to another.
    static void add(float[] line, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] += line[i];
        }
    }
}
