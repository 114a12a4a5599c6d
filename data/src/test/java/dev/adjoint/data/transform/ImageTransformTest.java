package dev.adjoint.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Digits;
import dev.adjoint.data.Iris;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageTransformTest {
    private static final Key KEY = Key.of(9);

    /// ```
    /// 1 2 3
    /// 4 5 6
    /// ```
    private static final Image SIX = Image.of(1, 2, 3, new float[] {1, 2, 3, 4, 5, 6});

    private static Image square(int size) {
        float[] pixels = new float[3 * size * size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) KEY.uniform(i);
        }
        return Image.of(3, size, size, pixels);
    }

    static Stream<ImageTransform> transforms() {
        return Stream.of(
                new RandomCrop(6, 6, 2),
                new RandomFlip(0.5),
                new RandomFlip(0.5, RandomFlip.Axis.VERTICAL),
                new RandomRotation(30),
                new RandomScale(0.5, 2),
                new ColorJitter(0.4, 0.4, 0.4),
                new RandomErasing(0.7, 0.1, 0.4),
                new RandomCrop(6, 6, 2).then(new RandomFlip(0.5)).then(new RandomRotation(30)));
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void theKeyDecides(ImageTransform transform) {
        Image image = square(8);
        Set<Image> results = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Image changed = transform.apply(image, KEY.fold(i));
            assertThat(changed).isEqualTo(transform.apply(image, KEY.fold(i)));
            results.add(changed);
        }
        assertThat(results).hasSizeGreaterThan(1);
        assertThat(image).as("the original").isEqualTo(square(8));
    }

    @Test
    void flips() {
        assertThat(new RandomFlip(1).apply(SIX, KEY).toFloats()).containsExactly(3, 2, 1, 6, 5, 4);
        assertThat(new RandomFlip(1, RandomFlip.Axis.VERTICAL).apply(SIX, KEY).toFloats())
                .containsExactly(4, 5, 6, 1, 2, 3);
        assertThat(new RandomFlip(0).apply(SIX, KEY)).isEqualTo(SIX);
    }

    @Test
    void cropsAreWindows() {
        assertThat(new CenterCrop(2, 1).apply(SIX, KEY).toFloats()).containsExactly(2, 5);
        Set<List<Float>> windows = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            float[] window = new RandomCrop(1, 3, 1).apply(SIX, KEY.fold(i)).toFloats();
            windows.add(List.of(window[0], window[1], window[2]));
        }
        // 4 places down, of which two lie in the padding and look alike, by 3 across.
        assertThat(windows)
                .containsExactlyInAnyOrder(
                        List.of(0f, 0f, 0f),
                        List.of(0f, 1f, 2f),
                        List.of(1f, 2f, 3f),
                        List.of(2f, 3f, 0f),
                        List.of(0f, 4f, 5f),
                        List.of(4f, 5f, 6f),
                        List.of(5f, 6f, 0f));
    }

    @Test
    void aQuarterTurnMovesPixelsExactly() {
        Image four = Image.of(1, 2, 2, new float[] {1, 2, 3, 4});
        assertThat(RandomRotation.rotated(four, 90).toFloats())
                .containsExactly(new float[] {2, 4, 1, 3}, within(1e-6f));
        assertThat(RandomRotation.rotated(four, 180).toFloats())
                .containsExactly(new float[] {4, 3, 2, 1}, within(1e-6f));
        assertThat(RandomRotation.rotated(SIX, 0)).isEqualTo(SIX);
    }

    /// A line stays a line when it is stretched: around the middle 2 by the factor 2, x becomes 2 + (x − 2)/2.
    @Test
    void scalesAroundTheMiddle() {
        Image line = Image.of(1, 1, 5, new float[] {0, 1, 2, 3, 4});
        assertThat(new RandomScale(2, 2).apply(line, KEY).toFloats()).containsExactly(1, 1.5f, 2, 2.5f, 3);
        assertThat(new RandomScale(1, 1).apply(SIX, KEY)).isEqualTo(SIX);
    }

    @Test
    void resizes() {
        Image line = Image.of(1, 1, 4, new float[] {0, 2, 4, 6});
        // Weights 1/4, 3/4, 3/4, 1/4 around the middle of each half, where they are inside.
        assertThat(new Resize(1, 2).apply(line, KEY).toFloats())
                .containsExactly(new float[] {(0.75f * 0 + 0.75f * 2 + 0.25f * 4) / 1.75f, 8f / 1.75f}, within(1e-6f));
        Image two = Image.of(1, 1, 2, new float[] {0, 4});
        assertThat(new Resize(2, 4).apply(two, KEY).toFloats()).containsExactly(0, 1, 3, 4, 0, 1, 3, 4);
        assertThat(new Resize(2, 3).apply(SIX, KEY)).isEqualTo(SIX);
    }

    @Test
    void jittersColours() {
        Image grey = Image.of(1, 1, 2, new float[] {0.25f, 0.75f});
        for (int i = 0; i < 50; i++) {
            Key key = KEY.fold(i);
            float[] brighter = new ColorJitter(0.2, 0, 0).apply(grey, key).toFloats();
            assertThat(brighter[0] * 3).isEqualTo(brighter[1], within(1e-6f));
            assertThat(brighter[0]).isBetween(0.2f, 0.3f);
            float[] contrast = new ColorJitter(0, 1, 0).apply(grey, key).toFloats();
            assertThat(contrast[0] + contrast[1]).as("mean stays").isEqualTo(1, within(1e-6f));
            Image color = square(3);
            float[] saturated = new ColorJitter(0, 0, 0.5).apply(color, key).toFloats();
            float[] before = color.toFloats();
            double luma = 0.299 * before[0] + 0.587 * before[9] + 0.114 * before[18];
            assertThat((before[0] > luma) == (saturated[0] > luma)).isTrue();
            assertThat(saturated).doesNotContain(Float.NaN);
        }
        assertThat(new ColorJitter(0, 0, 0).apply(grey, KEY).toFloats()).containsExactly(0.25f, 0.75f);
    }

    @Test
    void normalises() {
        assertThat(new Normalize(List.of(2.0), List.of(0.5)).apply(SIX, KEY).toFloats())
                .containsExactly(-2, 0, 2, 4, 6, 8);
    }

    @Test
    void erasesItsShare() {
        Image white = Image.of(1, 20, 20, filled(400));
        for (int i = 0; i < 50; i++) {
            float[] erased =
                    new RandomErasing(1, 0.2, 0.2).apply(white, KEY.fold(i)).toFloats();
            int gone = 0;
            for (float pixel : erased) {
                gone += pixel == 0 ? 1 : 0;
            }
            assertThat(gone).isBetween(64, 96);
        }
        assertThat(new RandomErasing(0, 0.2, 0.2).apply(white, KEY)).isEqualTo(white);
    }

    private static float[] filled(int size) {
        float[] pixels = new float[size];
        java.util.Arrays.fill(pixels, 1);
        return pixels;
    }

    @Test
    void mixupStaysBetweenBoth() {
        Batch batch = Digits.load().batch(0, 1, 2, 3, 4, 5);
        MixedBatch mixed = new Mixup(0.4).apply(batch, KEY);
        assertThat(mixed.features().type()).isEqualTo(batch.features().type());
        float[] x = Array.of(batch.features()).toFloats();
        float[] y = Array.of(mixed.features()).toFloats();
        float[] share = Array.of(mixed.share()).toFloats();
        long[] others = Array.of(mixed.otherLabels()).toLongs();
        for (int i = 0; i < 6; i++) {
            // Of these six, the label is the row.
            for (int j = 0; j < 64; j++) {
                double expected = share[i] * x[64 * i + j] + (1 - share[i]) * x[64 * (int) others[i] + j];
                assertThat(y[64 * i + j]).isEqualTo((float) expected, within(1e-5f));
            }
        }
        assertThat(Array.of(new Mixup(0.4).apply(batch, KEY).features())).isEqualTo(Array.of(mixed.features()));
    }

    /// Beta(α, α) has the mean ½ and the variance 1/(4·(2α + 1)); 4000 numbers of standard deviation below ½.
    @Test
    void sharesAreFromABetaDistribution() {
        int size = 4000;
        Batch many = Iris.load().batch(new int[size]);
        for (double alpha : new double[] {0.2, 1, 4}) {
            float[] shares = Array.of(new Mixup(alpha).apply(many, KEY).share()).toFloats();
            double mean = 0;
            double square = 0;
            for (float share : shares) {
                mean += share / (double) size;
                square += (share - 0.5) * (share - 0.5) / size;
            }
            assertThat(mean).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(size)));
            assertThat(square).isCloseTo(1 / (4 * (2 * alpha + 1)), within(5 * 0.25 / Math.sqrt(size)));
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertInvalid(() -> new RandomFlip(1.5), "a probability must lie between 0 and 1, not at 1.5");
        assertInvalid(
                () -> new RandomCrop(9, 9, 1).apply(SIX, KEY),
                "a crop of 9×9 does not fit into image [1,2,3] padded by 1");
        assertInvalid(() -> new CenterCrop(3, 3).apply(SIX, KEY), "a crop of 3×3 does not fit into image [1,2,3]");
        assertInvalid(
                () -> new RandomRotation(-1), "the largest angle must lie between 0 and 180 degrees, not at -1.0");
        assertInvalid(
                () -> new RandomScale(2, 1),
                "the factors of a random scale must be a range of positive numbers, not 2.0 to 1.0");
        assertInvalid(() -> new Resize(0, 1), "a size must be at least 1×1, not 0×1");
        assertInvalid(() -> new ColorJitter(0, 2, 0), "a range of colour jitter must lie between 0 and 1, not at 2.0");
        assertInvalid(
                () -> new Normalize(List.of(1.0), List.of(0.0)),
                "to normalise takes a mean and a positive deviation for each channel, not [1.0] and [0.0]");
        assertInvalid(
                () -> new Normalize(List.of(1.0, 2.0), List.of(1.0, 1.0)).apply(SIX, KEY),
                "means for 2 channels do not fit image [1,2,3]");
        assertInvalid(() -> new RandomErasing(1, 0.5, 2), "at most the whole image can be erased, not a share of 2.0");
        assertInvalid(() -> new Mixup(0), "alpha of mixup must be a positive number, not 0.0");
        assertInvalid(() -> Image.of(1, 2, 2, new float[3]), "3 pixels are not an image [1,2,2]");
        assertInvalid(
                () -> new RandomFlip(1).onBatches().apply(Iris.load().batch(0), List.of(KEY)),
                "an image transform needs features [n,channels,height,width], not [1,4]");
    }

    private static void assertInvalid(Runnable call, String message) {
        assertThatThrownBy(call::run).isInstanceOf(InvalidArgument.class).hasMessage(message);
    }
}
