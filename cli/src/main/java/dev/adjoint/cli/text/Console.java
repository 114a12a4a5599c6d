package dev.adjoint.cli.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Where a command writes: results to one stream, everything else to the other.
///
/// @param out results
/// @param err messages and progress
/// @param terminal whether `err` is a terminal, on which a line can be drawn again
public record Console(PrintStream out, PrintStream err, boolean terminal) {
    /// Whether `err` may be coloured: it is a terminal, and the variable `NO_COLOR` is not set to anything, see
    /// [no-color.org](https://no-color.org).
    public boolean coloured() {
        return terminal
                && Objects.requireNonNullElse(System.getenv("NO_COLOR"), "").isEmpty();
    }

    /// The process's own streams, in UTF-8 whatever the locale says: JSON is UTF-8, and so are our files.
    public static Console system() {
        return new Console(
                stream(FileDescriptor.out), stream(FileDescriptor.err), Boolean.getBoolean("adjoint.terminal"));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
