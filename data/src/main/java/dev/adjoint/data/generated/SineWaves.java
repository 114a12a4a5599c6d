package dev.adjoint.data.generated;

import dev.adjoint.data.Dataset;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Sine waves to tell by their frequency: `x[t] = a·sin(2π·(k + 1)·t/length + φ) + noise`, of class k.
///
/// The amplitude a is uniform in [½, 1), the phase φ in [0, 2π).
public final class SineWaves {
    private final int classes;
    private final int length;
    private final double noise;

    private SineWaves(int classes, int length, double noise) {
        this.classes = classes;
        this.length = length;
        this.noise = noise;
    }

    /// Waves of frequencies 1 … classes per example.
    ///
    /// @param length numbers per example, more than twice the largest frequency
    /// @param noise the standard deviation of the noise, at least 0
    /// @throws InvalidArgument if there are fewer than two classes, the examples are too short to tell them, or the noise
    ///     is negative
    public static SineWaves of(int classes, int length, double noise) {
        if (length <= 2 * classes) {
            throw new InvalidArgument("sines: " + classes + " frequencies need examples of more than " + 2 * classes
                    + " numbers, not " + length);
        }
        // Checks classes and noise.
        return new SineWaves(new Request("sines", classes, classes, noise).classes(), length, noise);
    }

    /// That many waves; example i is of class i mod classes.
    ///
    /// @throws InvalidArgument if there are fewer examples than classes
    public Dataset examples(int size, Key key) {
        Request request = new Request("sines", classes, size, noise);
        List<Key> keys = key.split(2);
        float[] features = new float[Math.multiplyExact(size, length)];
        long[] labels = new long[size];
        for (int i = 0; i < size; i++) {
            labels[i] = i % classes;
            double amplitude = 0.5 + keys.get(0).uniform(2L * i) / 2;
            double phase = 2 * Math.PI * keys.get(0).uniform(2L * i + 1);
            for (int t = 0; t < length; t++) {
                int at = i * length + t;
                double angle = 2 * Math.PI * (labels[i] + 1.0) * t / length + phase;
                features[at] = (float)
                        (amplitude * Math.sin(angle) + noise * keys.get(1).normal(at));
            }
        }
        Array table = Array.of(TensorType.of(DType.F32, size, length), Elements.wrap(features));
        return Dataset.of("sines", table, Array.of(labels), request.classNames());
    }
}
