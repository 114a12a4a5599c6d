package dev.adjoint.data;

import dev.adjoint.tensor.OneLine;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A file that data is read from; one whose name ends in `.gz` is unpacked on the way. What goes wrong is told in one line
/// that begins with the name of the file.
public final class SourceFile {
    private SourceFile() {}

    /// What reads the bytes of a file.
    @FunctionalInterface
    public interface Reading<T> {
        T from(InputStream bytes) throws IOException;
    }

    /// The path of this text.
    ///
    /// @throws UnreadableData if it cannot be the name of a file
    public static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UnreadableData(OneLine.of(text) + ": is not a file name", e);
        }
    }

    /// What is read from a file.
    ///
    /// @throws UnreadableData if there is no such file, it is a folder, it is not gzip data although its name says so, or
    ///     reading fails
    public static <T> T read(Path file, Reading<T> reading) {
        if (Files.isDirectory(file)) {
            throw failure(file, "is a folder, not a file");
        }
        try (InputStream bytes = open(file)) {
            return reading.from(bytes);
        } catch (IOException e) {
            throw new UnreadableData(shown(file) + ": " + reason(e), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return bytes;
        }
        try {
            return new GZIPInputStream(bytes, 1 << 16);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /// Why a file cannot be read, in words.
    public static String reason(Exception failure) {
        Throwable cause = root(failure);
        return switch (cause) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case ZipException _ -> "is not gzip data";
            case EOFException _ when cause.getMessage() == null -> "ends too early";
            default -> "cannot be read: " + OneLine.of(cause);
        };
    }

    /// What was thrown first.
    static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : root(cause);
    }

    /// The failure of a file for this reason.
    public static UnreadableData failure(Path file, String reason) {
        return new UnreadableData(shown(file) + ": " + reason);
    }

    private static String shown(Path file) {
        return OneLine.of(file.toString());
    }
}
