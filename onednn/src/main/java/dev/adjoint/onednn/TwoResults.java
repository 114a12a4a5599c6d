package dev.adjoint.onednn;

/// F(2, 3): two results by four multiplications,
///
/// `Bᵀ·x = (x₀−x₂, x₁+x₂, x₂−x₁, x₁−x₃)`, `G·w = (w₀, (w₀+w₁+w₂)/2, (w₀−w₁+w₂)/2, w₂)` and
/// `Aᵀ·m = (m₀+m₁+m₂, m₁−m₂−m₃)`.
final class TwoResults implements MinimalFiltering {
    @Override
    public int results() {
        return 2;
    }

    @Override
    public void data(float[][] x, float[][] to, int length) {
        float[] x0 = x[0];
        float[] x1 = x[1];
        float[] x2 = x[2];
        float[] x3 = x[3];
        float[] to0 = to[0];
        float[] to1 = to[1];
        float[] to2 = to[2];
        float[] to3 = to[3];
        for (int i = 0; i < length; i++) {
            float one = x1[i];
            float two = x2[i];
            to0[i] = x0[i] - two;
            to1[i] = one + two;
            to2[i] = two - one;
            to3[i] = one - x3[i];
        }
    }

    @Override
    public void filter(float[][] w, float[][] to, int length) {
        float[] w0 = w[0];
        float[] w1 = w[1];
        float[] w2 = w[2];
        float[] to0 = to[0];
        float[] to1 = to[1];
        float[] to2 = to[2];
        float[] to3 = to[3];
        for (int i = 0; i < length; i++) {
            float outer = 0.5f * (w0[i] + w2[i]);
            float inner = 0.5f * w1[i];
            to0[i] = w0[i];
            to1[i] = outer + inner;
            to2[i] = outer - inner;
            to3[i] = w2[i];
        }
    }

    @Override
    public void result(float[][] m, float[][] to, int length) {
        float[] m0 = m[0];
        float[] m1 = m[1];
        float[] m2 = m[2];
        float[] m3 = m[3];
        float[] to0 = to[0];
        float[] to1 = to[1];
        for (int i = 0; i < length; i++) {
            float one = m1[i];
            float two = m2[i];
            to0[i] = m0[i] + one + two;
            to1[i] = one - two - m3[i];
        }
    }

    @Override
    public void cotangent(float[][] y, float[][] to, int length) {
        float[] y0 = y[0];
        float[] y1 = y[1];
        float[] to0 = to[0];
        float[] to1 = to[1];
        float[] to2 = to[2];
        float[] to3 = to[3];
        for (int i = 0; i < length; i++) {
            float zero = y0[i];
            float one = y1[i];
            to0[i] = zero;
            to1[i] = zero + one;
            to2[i] = zero - one;
            to3[i] = -one;
        }
    }

    @Override
    public void filterGradient(float[][] m, float[][] to, int length) {
        float[] m0 = m[0];
        float[] m1 = m[1];
        float[] m2 = m[2];
        float[] m3 = m[3];
        float[] to0 = to[0];
        float[] to1 = to[1];
        float[] to2 = to[2];
        for (int i = 0; i < length; i++) {
            float sum = 0.5f * (m1[i] + m2[i]);
            to0[i] = m0[i] + sum;
            to1[i] = 0.5f * (m1[i] - m2[i]);
            to2[i] = sum + m3[i];
        }
    }

    @Override
    public void check(float[][] y, float[] sums, int length) {
        float[] y0 = y[0];
        float[] y1 = y[1];
        for (int i = 0; i < length; i++) {
            sums[i] += 0 * (y0[i] + y1[i]);
        }
    }
}
