package dev.adjoint.onednn;

/// The formulas of gates on blocks of floats: loops over arrays from their first element on, which the compiler of the JVM turns
/// into vector instructions.
///
/// Exponentials are computed in doubles and without branches, as by the generated loops of the JVM's kernels: e^x is (e^(x/2ᵏ))^(2ᵏ),
/// and e^x − 1 grows by u ← u·(u + 2). Results are within 0.52 units in the last place.
final class Gates {
    private static final double LOWEST = -746;
    private static final double SATURATION = -20;
    private static final double C1 = 0.500000000003982;
    private static final double C2 = 0.16666665756386526;
    private static final double C3 = 0.041666663818715775;
    private static final double C4 = 0.008336184868390347;
    private static final double C5 = 0.0013893834597621258;

    private Gates() {}

    /// x ← σ(x) = 1/(1 + e⁻ˣ).
    static void sigmoid(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            double s = Math.max(LOWEST, -(double) x[i]) * 0x1.0p-10;
            double q = Math.fma(s, Math.fma(s, Math.fma(s, Math.fma(s, C5, C4), C3), C2), C1);
            double e = Math.fma(s, Math.fma(s, q, 1), 1);
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            x[i] = (float) (1 / (1 + e));
        }
    }

    /// y ← tanh x = −u/(u + 2) with u = e^(−2|x|) − 1, and the sign of x; y may be x.
    static void tanh(float[] x, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            double s = Math.max(SATURATION, Math.abs((double) x[i]) * -2) * 0x1.0p-7;
            double q = Math.fma(s, Math.fma(s, Math.fma(s, Math.fma(s, C5, C4), C3), C2), C1);
            double u = s * Math.fma(s, q, 1);
            u *= u + 2;
            u *= u + 2;
            u *= u + 2;
            u *= u + 2;
            u *= u + 2;
            u *= u + 2;
            u *= u + 2;
            y[i] = (float) (Math.signum((double) x[i]) * (u / (-2 - u)));
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
