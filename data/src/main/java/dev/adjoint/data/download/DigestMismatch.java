package dev.adjoint.data.download;

import java.io.Serial;

/// A file whose content is not what is known of it.
public final class DigestMismatch extends DownloadFailure {
    @Serial
    private static final long serialVersionUID = 1;

    private final String expected;
    private final String found;

    DigestMismatch(String message, String expected, String found) {
        super(message);
        this.expected = expected;
        this.found = found;
    }

    /// The SHA-256 digest that the file should have.
    public String expected() {
        return expected;
    }

    /// The one that it has.
    public String found() {
        return found;
    }
}
