package dev.adjoint.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
    private static final byte[] BYTES = "machine code".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private URL resource;

    @BeforeEach
    void jar() throws IOException {
        Path jar = folder.resolve("natives.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("some/libx.so"));
            out.write(BYTES);
        }
        resource = URI.create("jar:" + jar.toUri() + "!/some/libx.so").toURL();
    }

    @Test
    void unpacksOnceAndKeepsTheName() throws IOException {
        NativeCache cache = new NativeCache(folder.resolve("cache"));
        Path file = cache.file(resource);
        assertThat(file).hasBinaryContent(BYTES).hasFileName("libx.so");
        Object before = Files.getLastModifiedTime(file);
        assertThat(cache.file(resource)).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**unpacking*");
    }

    @Test
    void aFileWithOtherBytesIsUnpackedAgain() throws IOException {
        NativeCache cache = new NativeCache(folder.resolve("cache"));
        Path file = cache.file(resource);
        Files.writeString(file, "Machine code"); // same length, other bytes
        assertThat(cache.file(resource)).hasBinaryContent(BYTES);
        Files.writeString(file, "cut");
        assertThat(cache.file(resource)).hasBinaryContent(BYTES);
    }

    @Test
    void aFolderThatCannotBeMadeIsReplacedByATemporaryOne() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        Path file = new NativeCache(inTheWay.resolve("cache")).file(resource);
        assertThat(file).hasBinaryContent(BYTES);
        assertThat(file.startsWith(folder)).isFalse();
    }

    @Test
    void anotherPlatformSaysWhatIsMissing() {
        NativeLibrary none = NativeLibrary.load("linux-riscv64", new NativeCache(folder));
        assertThat(none.symbols()).isEmpty();
        assertThat(none.state())
                .isEqualTo("not loaded: no org/bytedeco/dnnl/linux-riscv64/libgomp.so.1 on the class path");
    }
}
