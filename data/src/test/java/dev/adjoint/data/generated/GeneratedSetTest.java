package dev.adjoint.data.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.data.Dataset;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedSetTest {
    private static final Key KEY = Key.of(3);

    @ParameterizedTest
    @EnumSource
    void belongsToItsKeyAndIsBalanced(GeneratedSet set) {
        Dataset made = set.make(KEY);
        assertThat(set.make(KEY).features()).isEqualTo(made.features());
        assertThat(set.make(Key.of(4)).features()).isNotEqualTo(made.features());
        assertThat(made.name()).isEqualTo(set.label());
        assertThat(GeneratedSet.named(set.label())).contains(set);
        int share = made.size() / made.classNames().size();
        for (int count : made.classCounts()) {
            assertThat(count).isBetween(share, share + 1);
        }
    }

    private interface Law {
        void check(double x, double y, long label);
    }

    private static void everyPoint(Dataset set, Law law) {
        double[] points = set.features().toDoubles();
        long[] labels = set.labels().toLongs();
        for (int i = 0; i < labels.length; i++) {
            law.check(points[2 * i], points[2 * i + 1], labels[i]);
        }
    }

    @Test
    void withoutNoisePointsLieOnTheirCurves() {
        everyPoint(
                Points.circles(50, 0, KEY),
                (x, y, label) -> assertThat(Math.hypot(x, y)).isCloseTo(label == 0 ? 1 : 0.5, within(1e-6)));
        everyPoint(Points.moons(50, 0, KEY), (x, y, label) -> {
            double distance = label == 0 ? Math.hypot(x, y) : Math.hypot(x - 1, y - 0.5);
            assertThat(distance).isCloseTo(1, within(1e-6));
            assertThat(label == 0 ? y : 0.5 - y).isGreaterThanOrEqualTo(-1e-6);
        });
        everyPoint(
                Points.xor(50, 0, KEY),
                (x, y, label) -> assertThat(x * y < 0 ? 1 : 0).isEqualTo((int) label));
        everyPoint(
                Points.blobs(4, 40, 0, KEY),
                (x, y, _) -> assertThat(Math.hypot(x, y)).isCloseTo(4, within(1e-6)));
        everyPoint(Points.spirals(3, 60, 0, KEY), (x, y, label) -> {
            double turned = Math.atan2(y, x) / (2 * Math.PI) - Math.hypot(x, y) - label / 3.0;
            assertThat(turned - Math.rint(turned)).isCloseTo(0, within(1e-6));
        });
    }

    /// 10,000 numbers: the mean of their squares is within 6 of its standard deviations, √(2/10⁴).
    @Test
    void noiseHasItsDeviation() {
        double[] sum = new double[1];
        Dataset clean = Points.blobs(2, 5000, 0, KEY);
        double[] noisy = Points.blobs(2, 5000, 0.5, KEY).features().toDoubles();
        double[] centres = clean.features().toDoubles();
        for (int i = 0; i < noisy.length; i++) {
            sum[0] += Math.pow((noisy[i] - centres[i]) / 0.5, 2);
        }
        assertThat(sum[0] / noisy.length).isCloseTo(1, within(6 * Math.sqrt(2.0 / noisy.length)));
    }

    /// The correlation with the sine and cosine of its own frequency is the whole wave; with others it is none.
    @Test
    void wavesHaveTheFrequencyOfTheirClass() {
        Dataset waves = SineWaves.of(3, 16, 0).examples(9, KEY);
        double[] x = waves.features().toDoubles();
        for (int i = 0; i < 9; i++) {
            for (int k = 1; k <= 3; k++) {
                double sine = 0;
                double cosine = 0;
                for (int t = 0; t < 16; t++) {
                    sine += x[16 * i + t] * Math.sin(2 * Math.PI * k * t / 16) / 8;
                    cosine += x[16 * i + t] * Math.cos(2 * Math.PI * k * t / 16) / 8;
                }
                double amplitude = Math.hypot(sine, cosine);
                if (k == waves.labels().elements().getLong(i) + 1) {
                    assertThat(amplitude).isBetween(0.5 - 1e-6, 1 + 1e-6);
                } else {
                    assertThat(amplitude).isCloseTo(0, within(1e-6));
                }
            }
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertInvalid(() -> Points.spirals(1, 10, 0, KEY), "spirals: the number of classes must be at least 2, not 1");
        assertInvalid(() -> Points.blobs(4, 3, 0, KEY), "blobs: 4 classes need at least as many examples, not 3");
        assertInvalid(() -> Points.moons(10, -1, KEY), "moons: the noise must be a number of at least 0, not -1.0");
        assertInvalid(() -> SineWaves.of(4, 8, 0), "sines: 4 frequencies need examples of more than 8 numbers, not 8");
    }

    private static void assertInvalid(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgument.class).hasMessage(message);
    }
}
