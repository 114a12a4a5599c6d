package dev.adjoint.data.download;

/// Who is told how a download goes on.
@FunctionalInterface
public interface Progress {
    /// Called when a file begins and after every piece of it.
    ///
    /// @param done bytes that are on the disk
    void at(RemoteFile file, long done);

    /// Called when a file is there and has its digest.
    default void verified(RemoteFile file) {}

    /// Tells nobody.
    static Progress none() {
        return (_, _) -> {};
    }
}
