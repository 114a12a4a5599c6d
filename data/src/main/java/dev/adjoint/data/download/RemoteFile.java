package dev.adjoint.data.download;

import dev.adjoint.tensor.InvalidArgument;

/// A file that a mirror has, and what is known of its content.
///
/// @param name its name on the mirror and on the disk
/// @param bytes its length
/// @param sha256 its SHA-256 digest, 64 hexadecimal digits in lower case
public record RemoteFile(String name, long bytes, String sha256) {
    /// @throws InvalidArgument if the name is a path, the length negative or the digest none
    public RemoteFile {
        if (!name.matches("[\\w][\\w.-]*")) {
            throw new InvalidArgument("the name of a remote file must be plain, not '" + name + "'");
        }
        if (bytes < 0 || !sha256.matches("[0-9a-f]{64}")) {
            throw new InvalidArgument(
                    name + ": needs a length of at least 0 and a SHA-256 digest of 64 hexadecimal digits");
        }
    }
}
