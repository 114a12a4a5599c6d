package dev.adjoint.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One process at a time in a folder. The lock ends with the process, however that ends.
///
/// The operating system holds it on an empty file `.lock`, which stays: to delete it would let two processes hold locks on
/// two files of one name.
public final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Locks a folder that is there.
    ///
    /// @throws FileFailure if another process holds the lock, or no file can be made in the folder
    public static FolderLock of(Path folder) {
        Path file = folder.resolve(".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!taken(channel)) {
                channel.close();
                throw new FileFailure(
                        folder,
                        "another process is at work in this folder; wait for its end, or choose another folder");
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            // Held by this very process.
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // The lock is gone with the process at the latest.
        }
    }
}
