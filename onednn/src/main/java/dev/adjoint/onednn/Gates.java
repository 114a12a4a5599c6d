package dev.adjoint.onednn;

/// The formulas of gates on blocks of floats: loops over arrays from their first element on, which the compiler of the JVM turns
/// into vector instructions.
///
/// tanh x is s/√(K² + s²) with s = K·sinh x by a polynomial, as in the generated loops of the JVM's kernels: an error of s counts
/// 1/cosh² x times. Less what its roundings added, it is within 1.41 units in the last place. σ(x) = (1 + tanh(x/2))/2 is within
/// 2⁻²³ of 1; where it is less than that it need not be more exact, because gates multiply.
final class Gates {
    /// tanh 9.1 rounds to 1.
    private static final float SATURATION = 9.1f;

    private static final float SCALE = 1.7265625f;
    private static final float SQUARED_SCALE = SCALE * SCALE;
    private static final float C1 = 0.28776035f;
    private static final float C2 = 0.014388222f;
    private static final float C3 = 0.00034244198f;
    private static final float C4 = 4.788767e-6f;
    private static final float C5 = 4.0244526e-8f;
    private static final float C6 = 3.9452752e-10f;

    private Gates() {}

    /// x ← σ(x) = 1/(1 + e⁻ˣ).
    static void sigmoid(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            float half = Math.min(SATURATION, Math.max(-SATURATION, 0.5f * x[i]));
            float z = half * half;
            float p = Math.fma(z, Math.fma(z, Math.fma(z, Math.fma(z, Math.fma(z, C6, C5), C4), C3), C2), C1);
            float s = Math.fma(half, SCALE, half * z * p);
            x[i] = Math.fma(0.5f, s / (float) Math.sqrt(Math.fma(s, s, SQUARED_SCALE)), 0.5f);
        }
    }

    /// y ← tanh x; y may be x.
    static void tanh(float[] x, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            float limited = Math.min(SATURATION, Math.max(-SATURATION, x[i]));
            float z = limited * limited;
            float p = Math.fma(z, Math.fma(z, Math.fma(z, Math.fma(z, Math.fma(z, C6, C5), C4), C3), C2), C1);
            float s = Math.fma(limited, SCALE, limited * z * p);
            float v = Math.fma(s, s, SQUARED_SCALE);
            float r = (float) Math.sqrt(v);
            float q = 1 / r;
            float t = s * q;
            y[i] = t - q * Math.fma(0.5f * t * q, Math.fma(-r, r, v), Math.fma(t, r, -s));
        }
    }

    /// x ← x + y.
    static void add(float[] x, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            x[i] += y[i];
        }
    }

    /// x ← x + y·z.
    static void addProduct(float[] x, float[] y, float[] z, int count) {
        for (int i = 0; i < count; i++) {
            x[i] += y[i] * z[i];
        }
    }

    /// x ← x·y.
    static void multiply(float[] x, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            x[i] *= y[i];
        }
    }

    /// c ← f·c + i·g.
    static void remember(float[] c, float[] forget, float[] input, float[] candidate, int count) {
        for (int i = 0; i < count; i++) {
            c[i] = forget[i] * c[i] + input[i] * candidate[i];
        }
    }

    /// h ← n + z·(h − n).
    static void renew(float[] h, float[] update, float[] candidate, int count) {
        for (int i = 0; i < count; i++) {
            float n = candidate[i];
            h[i] = n + update[i] * (h[i] - n);
        }
    }

    /// c̄ ← c̄ + h̄·o·(1 − t²), and o ← h̄·t·o·(1 − o).
    static void ofOutput(float[] memory, float[] hidden, float[] output, float[] shown, int count) {
        for (int i = 0; i < count; i++) {
            float h = hidden[i];
            float o = output[i];
            float t = shown[i];
            memory[i] += h * o * (1 - t * t);
            output[i] = h * t * o * (1 - o);
        }
    }

    /// i ← c̄·g·i·(1 − i) and g ← c̄·i·(1 − g²).
    static void ofInput(float[] memory, float[] input, float[] candidate, int count) {
        for (int i = 0; i < count; i++) {
            float c = memory[i];
            float in = input[i];
            float g = candidate[i];
            input[i] = c * g * in * (1 - in);
            candidate[i] = c * in * (1 - g * g);
        }
    }

    /// f ← c̄·c·f·(1 − f) and c̄ ← c̄·f.
    static void ofForget(float[] memory, float[] forget, float[] before, int count) {
        for (int i = 0; i < count; i++) {
            float c = memory[i];
            float f = forget[i];
            forget[i] = c * before[i] * f * (1 - f);
            memory[i] = c * f;
        }
    }

    /// z ← h̄·(h − n)·z·(1 − z), n ← h̄·(1 − z)·(1 − n²) and h̄ ← h̄·z.
    static void ofUpdate(float[] hidden, float[] update, float[] candidate, float[] before, int count) {
        for (int i = 0; i < count; i++) {
            float h = hidden[i];
            float z = update[i];
            float n = candidate[i];
            update[i] = h * (before[i] - n) * z * (1 - z);
            candidate[i] = h * (1 - z) * (1 - n * n);
            hidden[i] = h * z;
        }
    }

    /// m ← n̄·r and r ← n̄·m·r·(1 − r).
    static void ofReset(float[] reset, float[] candidate, float[] product, int count) {
        for (int i = 0; i < count; i++) {
            float n = candidate[i];
            float r = reset[i];
            float m = product[i];
            product[i] = n * r;
            reset[i] = n * m * r * (1 - r);
        }
    }
}
