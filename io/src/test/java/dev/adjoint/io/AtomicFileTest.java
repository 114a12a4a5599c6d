package dev.adjoint.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NotComputed;
import dev.adjoint.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void replacesTheFileAndLeavesNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "a much longer old content");
        AtomicFile.write(file, channel -> channel.write(text("new")));
        assertThat(file).hasContent("new");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void theOldFileIsThereWhileTheNewOneIsWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "old");
        AtomicFile.write(file, channel -> {
            channel.write(text("new"));
            assertThat(file).hasContent("old");
        });
        assertThat(file).hasContent("new");
    }

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "old");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(text("half"));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(FileFailure.class)
                .hasMessage(file + ": No space left on device");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(text("half"));
                    throw new IllegalStateException("stopped");
                }))
                .hasMessage("stopped");
        assertThat(file).hasContent("old");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void refusesPlacesWhereNoFileCanBe() {
        Path lost = folder.resolve("absent").resolve("f");
        assertThatThrownBy(() -> AtomicFile.write(lost, channel -> {}))
                .isInstanceOf(FileFailure.class)
                .hasMessage(lost + ": there is no folder " + lost.getParent());
        assertThatThrownBy(() -> AtomicFile.write(folder, channel -> {}))
                .isInstanceOf(FileFailure.class)
                .hasMessage(folder + ": is a folder, not a file");
    }

    @Test
    void aGoodModelSurvivesOneThatCannotBeWritten() throws IOException {
        Path file = folder.resolve("m.safetensors");
        Safetensors.write(file, Map.of("w", Array.of(1f)), Map.of());
        byte[] good = Files.readAllBytes(file);
        Trace.of(Array.of(1f), (Tensor recorded) -> {
            assertThatThrownBy(() -> Safetensors.write(file, Map.of("w", recorded), Map.of()))
                    .isInstanceOf(NotComputed.class);
            return recorded;
        });
        assertThatThrownBy(() -> Safetensors.write(file, Map.of("__metadata__", Array.of(1f)), Map.of()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a tensor cannot be called '__metadata__' in a safetensors file");
        assertThatThrownBy(() -> Safetensors.write(file, Map.of("\ud800", Array.of(1f)), Map.of()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("half a surrogate pair");
        assertThat(Files.readAllBytes(file)).isEqualTo(good);
        assertThat(files()).containsExactly(file);
    }
}
