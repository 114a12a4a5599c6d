package dev.adjoint.data.download;

import dev.adjoint.tensor.AdjointException;
import java.io.Serial;

/// A file that could not be downloaded: the message is one line that names the file or the address and the way out.
public class DownloadFailure extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    public DownloadFailure(String message) {
        super(message);
    }

    public DownloadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
