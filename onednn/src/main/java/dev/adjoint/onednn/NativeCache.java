package dev.adjoint.onednn;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/// Resources of a jar as files. Each is unpacked once, to a folder named after the checksum that the jar states for it; a
/// file whose bytes have another is unpacked again. If the folder cannot be written, a temporary one takes its place.
///
/// @param folder where files go
record NativeCache(Path folder) {
    private static final int PIECE = 1 << 20;

    /// `adjoint/native` in the user's cache folder: `XDG_CACHE_HOME`, or `.cache` at home.
    static NativeCache ofUser() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path caches = given != null && !given.isBlank()
                ? Path.of(given)
                : Path.of(System.getProperty("user.home", "."), ".cache");
        return new NativeCache(caches.resolve("adjoint").resolve("native"));
    }

    /// The resource as a file.
    ///
    /// @throws IOException if it can be read nowhere or written nowhere
    Path file(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        if (!(connection instanceof JarURLConnection jar)) {
            return Path.of(URI.create(resource.toString()));
        }
        ZipEntry entry = jar.getJarEntry();
        try {
            return unpacked(folder, resource, entry);
        } catch (IOException unwritable) {
            Path temporary = Files.createTempDirectory("adjoint-native");
            temporary.toFile().deleteOnExit();
            return unpacked(temporary, resource, entry);
        }
    }

    private static Path unpacked(Path folder, URL resource, ZipEntry entry) throws IOException {
        Path name = Path.of(entry.getName()).getFileName();
        Path home = folder.resolve(HexFormat.of().toHexDigits((int) entry.getCrc()));
        Path file = home.resolve(String.valueOf(name));
        if (!holds(file, entry)) {
            Files.createDirectories(home);
            Path partial = Files.createTempFile(home, "unpacking", null);
            try (InputStream in = resource.openStream()) {
                Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
            if (!holds(file, entry)) {
                throw new IOException(file + " does not hold what was written to it");
            }
        }
        return file;
    }

    private static boolean holds(Path file, ZipEntry entry) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
            return false;
        }
        CRC32 found = new CRC32();
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                found.update(piece, 0, length);
            }
        }
        return found.getValue() == entry.getCrc();
    }
}
