package dev.adjoint.data.download;

/// Who is told how a download goes on.
@FunctionalInterface
public interface Progress {
    /// Called when a file begins, after every piece of it, and when it is complete.
    ///
    /// @param done bytes that are on the disk
    void at(RemoteFile file, long done);

    /// Tells nobody.
    static Progress none() {
        return (_, _) -> {};
    }
}
