package dev.adjoint.io;

import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.OneLine;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serial;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file that cannot be read or written: the message is one line that begins with the file's name.
public class FileFailure extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Path file;

    public FileFailure(Path file, String reason) {
        super(OneLine.of(file.toString()) + ": " + reason);
        this.file = file;
    }

    public FileFailure(Path file, String reason, Throwable cause) {
        super(OneLine.of(file.toString()) + ": " + reason, cause);
        this.file = file;
    }

    /// What the operating system said, in words.
    static FileFailure of(Path file, IOException cause) {
        String reason = switch (cause) {
            case NoSuchFileException _, FileNotFoundException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case ClosedChannelException _ -> "closed before; nothing can be read or written any more";
            case FileSystemException e when e.getReason() != null -> OneLine.of(e.getReason());
            default -> OneLine.of(String.valueOf(cause.getMessage()));
        };
        return new FileFailure(file, reason, cause);
    }

    /// The file.
    public Path file() {
        return file;
    }
}
