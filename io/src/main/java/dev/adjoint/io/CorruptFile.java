package dev.adjoint.io;

import java.io.Serial;
import java.nio.file.Path;

/// A file that is not what its format demands. The message names the file, the entry where there is one, and the law.
public final class CorruptFile extends FileFailure {
    @Serial
    private static final long serialVersionUID = 1;

    public CorruptFile(Path file, String reason) {
        super(file, reason);
    }

    public CorruptFile(Path file, String reason, Throwable cause) {
        super(file, reason, cause);
    }
}
