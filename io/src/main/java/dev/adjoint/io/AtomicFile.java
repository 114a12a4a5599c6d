package dev.adjoint.io;

import dev.adjoint.tensor.OneLine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Files written whole or not at all: at every moment, even if the machine stops, there is the old file or the new one.
///
/// The content goes to a temporary file in the same folder, is flushed to the disk, and then takes the name of the file
/// in one step.
public final class AtomicFile {
    private AtomicFile() {}

    /// What writes the bytes of a file.
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /// Writes a file or replaces it. Whatever goes wrong, an existing file stays as it is and nothing else is left
    /// behind.
    ///
    /// @throws FileFailure if the folder does not exist or the disk does not take the bytes
    public static void write(Path file, Content content) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new FileFailure(file, "is a folder, not a file");
        }
        if (!Files.isDirectory(folder)) {
            throw new FileFailure(file, "there is no folder " + OneLine.of(folder.toString()));
        }
        Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            writeThrough(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        } finally {
            deleteIfThere(temporary);
        }
        flushFolder(folder);
    }

    private static void writeThrough(Path temporary, Content content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
            channel.force(true);
        }
    }

    private static void deleteIfThere(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException _) {
            // What stopped the writing matters more than what it left.
        }
    }

    private static void flushFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Windows cannot open a folder; there the rename itself is durable.
        }
    }
}
