package dev.adjoint.cli.text;

import dev.adjoint.io.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Text files in UTF-8, written whole or not at all.
public final class TextFile {
    private TextFile() {}

    /// Writes a file or replaces it.
    ///
    /// @throws dev.adjoint.io.FileFailure if that cannot be done
    public static void write(Path file, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(file, channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }
}
