package dev.adjoint.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.data.Batch;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextDataTest {
    @TempDir
    Path folder;

    private static TextData letters(String text, int context) {
        return TextData.of("t", text, Characters.of("abcdefghij"), context);
    }

    @Test
    void labelsAreTheNextTokens() {
        TextData text = letters("abcdefghij", 3);
        assertThat(text.size()).isEqualTo(3);
        Batch batch = text.batch(2, 0);
        assertThat(batch.features().type()).hasToString("i64[2,3]");
        assertThat(Array.of(batch.features()).toLongs()).containsExactly(6, 7, 8, 0, 1, 2);
        assertThat(Array.of(batch.labels()).toLongs()).containsExactly(7, 8, 9, 1, 2, 3);
    }

    @Test
    void theEndIsHeldOut() {
        TextData.Parts parts = letters("abcdefghij", 2).split(0.3);
        assertThat(parts.train().length()).isEqualTo(7);
        assertThat(Array.of(parts.test().batch(0).features()).toLongs()).containsExactly(7, 8);
    }

    @Test
    void saysWhatIsWrong() {
        assertInvalid(() -> letters("abc", 0), "the context length must be at least 1, not 0");
        assertInvalid(() -> letters("abc", 3), "text t: its 3 tokens are too few for one example of 3 and the next");
        assertInvalid(() -> letters("abcd", 3).batch(1), "text t has no row 1; its rows are 0 to 0");
        assertInvalid(() -> letters("abcd", 1).split(1), "the test fraction must lie between 0 and 1, not at 1.0");
    }

    private static void assertInvalid(Runnable call, String message) {
        assertThatThrownBy(call::run).isInstanceOf(InvalidArgument.class).hasMessage(message);
    }

    @Test
    void readsFiles() throws IOException {
        Path plain = Files.writeString(folder.resolve("a.txt"), "\uFEFFnaïve\n");
        assertThat(TextFile.read(plain)).isEqualTo("naïve\n");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("abc".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(TextFile.read(Files.write(folder.resolve("b.txt.gz"), packed.toByteArray())))
                .isEqualTo("abc");
    }

    @Test
    void filesThatAreNoText() throws IOException {
        assertUnreadable(
                "latin.txt",
                new byte[] {'a', 'b', (byte) 0xE9, 'c'},
                "is not text in UTF-8: byte 2 (0xe9) begins no character");
        assertUnreadable(
                "cut.txt",
                new byte[] {'a', (byte) 0xE2, (byte) 0x82},
                "is not text in UTF-8: byte 1 (0xe2) begins no character");
        assertUnreadable("empty.txt", new byte[0], "is empty");
        Path absent = folder.resolve("absent.txt");
        assertThatThrownBy(() -> TextFile.read(absent))
                .isInstanceOf(UnreadableData.class)
                .hasMessage(absent + ": no such file");
    }

    private void assertUnreadable(String name, byte[] content, String message) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        assertThatThrownBy(() -> TextFile.read(file))
                .isInstanceOf(UnreadableData.class)
                .hasMessage(file + ": " + message);
    }
}
