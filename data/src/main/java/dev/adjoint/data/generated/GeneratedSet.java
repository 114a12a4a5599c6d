package dev.adjoint.data.generated;

import dev.adjoint.data.Dataset;
import dev.adjoint.tensor.Key;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The generated sets that have a name, each with sizes and a noise that make it neither trivial nor hopeless.
public enum GeneratedSet {
    /// Three spirals, 600 points.
    SPIRALS {
        @Override
        public Dataset make(Key key) {
            return Points.spirals(3, 600, 0.03, key);
        }
    },
    /// Two half moons, 500 points.
    MOONS {
        @Override
        public Dataset make(Key key) {
            return Points.moons(500, 0.1, key);
        }
    },
    /// A circle in a circle, 500 points.
    CIRCLES {
        @Override
        public Dataset make(Key key) {
            return Points.circles(500, 0.08, key);
        }
    },
    /// The exclusive or of two signs, 400 points.
    XOR {
        @Override
        public Dataset make(Key key) {
            return Points.xor(400, 0, key);
        }
    },
    /// Four Gaussian blobs, 400 points.
    BLOBS {
        @Override
        public Dataset make(Key key) {
            return Points.blobs(4, 400, 1, key);
        }
    },
    /// Sine waves of four frequencies, 800 waves of 32 numbers.
    SINES {
        @Override
        public Dataset make(Key key) {
            return SineWaves.of(4, 32, 0.2).examples(800, key);
        }
    };

    /// The set that belongs to this key.
    public abstract Dataset make(Key key);

    /// What the set is called: `spirals`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The set of this name, if there is one.
    public static Optional<GeneratedSet> named(String label) {
        return Arrays.stream(values()).filter(set -> set.label().equals(label)).findFirst();
    }
}
