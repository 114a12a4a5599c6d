package dev.adjoint.onednn;

/// F(4, 3): four results by six multiplications, from the points 0, ±a, ±b and ∞ with a = 3/4 and b = 3/2. With the usual 1 and 2,
/// results would be rounded twice as much.
///
/// `Bᵀ·x` holds, for each point p, the sum of the x whose factors are the coefficients of the product of `z−q` over all other
/// points q; for ∞, over all points. `G·w` holds `(w₀+p·w₁+p²·w₂)/N`, where N is the product of `p−q`, and `w₂` for ∞. Result k
/// sums `pᵏ·m`; the last one, the product for ∞, too.
final class FourResults implements MinimalFiltering {
    private static final float A = 0.75f;
    private static final float B = 1.5f;
    private static final float A2 = A * A;
    private static final float B2 = B * B;
    private static final float A3 = A2 * A;
    private static final float B3 = B2 * B;
    private static final float SUM = A2 + B2;
    private static final float PRODUCT = A2 * B2;

    /// One over the N of the points 0, ±a and ±b: `a²b²`, `2a²(a²−b²)` and `2b²(b²−a²)`.
    private static final float BY_ZERO = (float) (1.0 / PRODUCT);

    private static final float BY_A = (float) (0.5 / (A2 * (A2 - B2)));
    private static final float BY_B = (float) (0.5 / (B2 * (B2 - A2)));

    /// The same with a and b.
    private static final float A_BY_A = (float) (0.5 / (A * (A2 - B2)));

    private static final float B_BY_B = (float) (0.5 / (B * (B2 - A2)));

    /// The same with a² and b².
    private static final float A2_BY_A = (float) (0.5 / (A2 - B2));

    private static final float B2_BY_B = (float) (0.5 / (B2 - A2));

    @Override
    public int results() {
        return 4;
    }

    @Override
    public void data(float[][] x, float[][] to, int length) {
        inner(x, to, length);
        outer(x[0], x[2], x[4], to[0], length);
        outer(x[1], x[3], x[5], to[5], length);
    }

    private static void inner(float[][] x, float[][] to, int length) {
        float[] x1 = x[1];
        float[] x2 = x[2];
        float[] x3 = x[3];
        float[] x4 = x[4];
        float[] to1 = to[1];
        float[] to2 = to[2];
        float[] to3 = to[3];
        float[] to4 = to[4];
        for (int i = 0; i < length; i++) {
            float evenA = x4[i] - B2 * x2[i];
            float oddA = A * (x3[i] - B2 * x1[i]);
            float evenB = x4[i] - A2 * x2[i];
            float oddB = B * (x3[i] - A2 * x1[i]);
            to1[i] = evenA + oddA;
            to2[i] = evenA - oddA;
            to3[i] = evenB + oddB;
            to4[i] = evenB - oddB;
        }
    }

    private static void outer(float[] low, float[] middle, float[] high, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = PRODUCT * low[i] - SUM * middle[i] + high[i];
        }
    }

    @Override
    public void filter(float[][] w, float[][] to, int length) {
        float[] w0 = w[0];
        float[] w1 = w[1];
        float[] w2 = w[2];
        float[] to1 = to[1];
        float[] to2 = to[2];
        float[] to3 = to[3];
        float[] to4 = to[4];
        for (int i = 0; i < length; i++) {
            float evenA = BY_A * (w0[i] + A2 * w2[i]);
            float oddA = A_BY_A * w1[i];
            float evenB = BY_B * (w0[i] + B2 * w2[i]);
            float oddB = B_BY_B * w1[i];
            to1[i] = evenA + oddA;
            to2[i] = evenA - oddA;
            to3[i] = evenB + oddB;
            to4[i] = evenB - oddB;
        }
        scale(BY_ZERO, w0, to[0], length);
        System.arraycopy(w2, 0, to[5], 0, length);
    }

    private static void scale(float factor, float[] line, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = factor * line[i];
        }
    }

    @Override
    public void result(float[][] m, float[][] to, int length) {
        even(m, to, length);
        second(m, to[1], length);
        fourth(m, to[3], length);
    }

    private static void even(float[][] m, float[][] to, int length) {
        float[] m0 = m[0];
        float[] m1 = m[1];
        float[] m2 = m[2];
        float[] m3 = m[3];
        float[] m4 = m[4];
        float[] to0 = to[0];
        float[] to2 = to[2];
        for (int i = 0; i < length; i++) {
            float sumA = m1[i] + m2[i];
            float sumB = m3[i] + m4[i];
            to0[i] = m0[i] + sumA + sumB;
            to2[i] = A2 * sumA + B2 * sumB;
        }
    }

    private static void second(float[][] m, float[] to, int length) {
        float[] m1 = m[1];
        float[] m2 = m[2];
        float[] m3 = m[3];
        float[] m4 = m[4];
        for (int i = 0; i < length; i++) {
            to[i] = A * (m1[i] - m2[i]) + B * (m3[i] - m4[i]);
        }
    }

    private static void fourth(float[][] m, float[] to, int length) {
        float[] m1 = m[1];
        float[] m2 = m[2];
        float[] m3 = m[3];
        float[] m4 = m[4];
        float[] m5 = m[5];
        for (int i = 0; i < length; i++) {
            to[i] = A3 * (m1[i] - m2[i]) + B3 * (m3[i] - m4[i]) + m5[i];
        }
    }

    @Override
    public void cotangent(float[][] y, float[][] to, int length) {
        float[] y0 = y[0];
        float[] y1 = y[1];
        float[] y2 = y[2];
        float[] y3 = y[3];
        float[] to1 = to[1];
        float[] to2 = to[2];
        float[] to3 = to[3];
        float[] to4 = to[4];
        for (int i = 0; i < length; i++) {
            float evenA = y0[i] + A2 * y2[i];
            float oddA = A * (y1[i] + A2 * y3[i]);
            float evenB = y0[i] + B2 * y2[i];
            float oddB = B * (y1[i] + B2 * y3[i]);
            to1[i] = evenA + oddA;
            to2[i] = evenA - oddA;
            to3[i] = evenB + oddB;
            to4[i] = evenB - oddB;
        }
        System.arraycopy(y0, 0, to[0], 0, length);
        System.arraycopy(y3, 0, to[5], 0, length);
    }

    @Override
    public void filterGradient(float[][] m, float[][] to, int length) {
        first(m, to[0], length);
        middle(m, to[1], length);
        last(m, to[2], length);
    }

    private static void first(float[][] m, float[] to, int length) {
        float[] m0 = m[0];
        float[] m1 = m[1];
        float[] m2 = m[2];
        float[] m3 = m[3];
        float[] m4 = m[4];
        for (int i = 0; i < length; i++) {
            to[i] = BY_ZERO * m0[i] + (BY_A * (m1[i] + m2[i]) + BY_B * (m3[i] + m4[i]));
        }
    }

    private static void middle(float[][] m, float[] to, int length) {
        float[] m1 = m[1];
        float[] m2 = m[2];
        float[] m3 = m[3];
        float[] m4 = m[4];
        for (int i = 0; i < length; i++) {
            to[i] = A_BY_A * (m1[i] - m2[i]) + B_BY_B * (m3[i] - m4[i]);
        }
    }

    private static void last(float[][] m, float[] to, int length) {
        float[] m1 = m[1];
        float[] m2 = m[2];
        float[] m3 = m[3];
        float[] m4 = m[4];
        float[] m5 = m[5];
        for (int i = 0; i < length; i++) {
            to[i] = (A2_BY_A * (m1[i] + m2[i]) + B2_BY_B * (m3[i] + m4[i])) + m5[i];
        }
    }

    @Override
    public void check(float[][] y, float[] sums, int length) {
        float[] y0 = y[0];
        float[] y1 = y[1];
        float[] y2 = y[2];
        float[] y3 = y[3];
        for (int i = 0; i < length; i++) {
            sums[i] += 0 * ((y0[i] + y1[i]) + (y2[i] + y3[i]));
        }
    }
}
