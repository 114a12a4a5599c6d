package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Many at a time as one by one.
final class HalfFloatsTest {
    private static final int PATTERNS = 1 << 16;

    @ParameterizedTest
    @EnumSource(names = {"BF16", "F16"})
    void everyPatternIsWidenedExactlyAndComesBack(DType dtype) {
        Elements all = Elements.allocate(dtype, PATTERNS);
        for (int i = 0; i < PATTERNS; i++) {
            all.shorts()[i] = (short) i;
        }
        float[] wide = new float[PATTERNS];
        HalfFloats floats = new HalfFloats(dtype, Workers.all());
        floats.widen(all, wide);
        Elements back = Elements.allocate(dtype, PATTERNS);
        floats.narrow(wide, back);
        for (int i = 0; i < PATTERNS; i++) {
            assertThat(Double.compare(wide[i], all.get(i))).as("pattern %x", i).isZero();
            assertThat(Double.compare(back.get(i), all.get(i)))
                    .as("pattern %x", i)
                    .isZero();
        }
    }

    /// Floats between, below, above and halfway of their neighbours: every 4099th pattern of 32 bits.
    @ParameterizedTest
    @EnumSource(names = {"BF16", "F16"})
    void floatsAreRoundedOnce(DType dtype) {
        int count = 1 << 20;
        float[] wide = new float[count];
        for (int i = 0; i < count; i++) {
            wide[i] = Float.intBitsToFloat(i % 8 == 0 ? (i << 12) | 0x8000 : i * 4099);
        }
        Elements found = Elements.allocate(dtype, count);
        new HalfFloats(dtype, Workers.all()).narrow(wide, found);
        Elements expected = Elements.allocate(dtype, count);
        for (int i = 0; i < count; i++) {
            expected.set(i, wide[i]);
        }
        assertThat(found).isEqualTo(expected);
    }
}
