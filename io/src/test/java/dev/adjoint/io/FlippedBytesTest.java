package dev.adjoint.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A damaged file is either still a file of the format or [CorruptFile], whatever the damage.
class FlippedBytesTest {
    private static final int TRIALS = 4_000;
    private static final long SEED = 20260101;

    @TempDir
    Path folder;

    private byte[] good() throws IOException {
        Path file = folder.resolve("good.safetensors");
        Map<String, Array> tensors = Map.of(
                "hidden.weight", Array.of(new float[][] {{1, 2, 3}, {4, 5, 6}}),
                "hidden.bias", Array.of(1.0, 2.0),
                "mask", Array.of(true, false, true),
                "step", Array.scalar(7f));
        Safetensors.write(file, tensors, Map.of("model", "mlp"));
        return Files.readAllBytes(file);
    }

    @Test
    void neverAnythingButCorruptOrValid() throws IOException {
        byte[] good = good();
        int corrupt = 0;
        int valid = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Key key = Key.of(SEED).fold(trial);
            if (isValid(damaged(good, key), "seed " + SEED + ", trial " + trial)) {
                valid++;
            } else {
                corrupt++;
            }
        }
        // Damage in the header is found, damage in the numbers cannot be.
        assertThat(corrupt).isGreaterThan(TRIALS / 2);
        assertThat(valid).isGreaterThan(TRIALS / 100);
    }

    /// One to three bytes replaced; in one trial of eight the end is cut off as well.
    private static byte[] damaged(byte[] good, Key key) {
        byte[] bytes = good.clone();
        int flips = 1 + (int) (3 * key.uniform(0));
        for (int flip = 1; flip <= flips; flip++) {
            bytes[(int) (bytes.length * key.uniform(2L * flip))] ^= (byte) (1 + 255 * key.uniform(2L * flip + 1));
        }
        return key.uniform(100) < 0.125 ? Arrays.copyOf(bytes, (int) (bytes.length * key.uniform(101))) : bytes;
    }

    private boolean isValid(byte[] bytes, String trial) throws IOException {
        Path file = Files.write(folder.resolve("damaged.safetensors"), bytes);
        try {
            TensorFile read = Safetensors.read(file);
            assertThat(read.tensors().values())
                    .as(trial)
                    .allMatch(tensor -> tensor.type().shape().count() <= 100);
            return true;
        } catch (CorruptFile e) {
            assertThat(e.getMessage()).as(trial).startsWith(file + ": ").doesNotContain("\n");
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(trial + " ended in " + e, e);
        }
    }
}
