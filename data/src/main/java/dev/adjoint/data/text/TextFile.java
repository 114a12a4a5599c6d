package dev.adjoint.data.text;

import dev.adjoint.data.SourceFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Text files in UTF-8.
public final class TextFile {
    private TextFile() {}

    /// The text of a file; one whose name ends in `.gz` is unpacked. A byte order mark is no part of the text.
    ///
    /// @throws dev.adjoint.data.UnreadableData if there is no such file, it is empty, or it is not UTF-8: the message says at
    ///     which byte
    public static String read(Path file) {
        String all = decoded(file, SourceFile.read(file, source -> source.readAllBytes()));
        String content = all.startsWith("\uFEFF") ? all.substring(1) : all;
        if (content.isEmpty()) {
            throw SourceFile.failure(file, "is empty");
        }
        return content;
    }

    private static String decoded(Path file, byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CoderResult result = decoder.decode(bytes, text, true);
        if (result.isError()) {
            int at = bytes.position();
            throw SourceFile.failure(
                    file, "is not text in UTF-8: byte " + at + " (0x%02x) begins no character".formatted(content[at]));
        }
        return text.flip().toString();
    }
}
