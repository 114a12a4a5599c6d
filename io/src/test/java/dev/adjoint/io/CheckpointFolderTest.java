package dev.adjoint.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointFolderTest {
    @TempDir
    private Path folder;

    private static Map<String, Tensor> state(double number) {
        return Map.of("weight", Array.of(number, 2 * number));
    }

    private List<String> names() {
        return new CheckpointFolder(folder, 1)
                .files().stream().map(file -> file.getFileName().toString()).toList();
    }

    @Test
    void keepsTheLastOnesAndTheBest() {
        CheckpointFolder checkpoints = new CheckpointFolder(folder, 2);
        double[] costs = {3, 1, 2, Double.NaN};
        boolean[] better = {true, true, false, false};
        for (int i = 0; i < costs.length; i++) {
            checkpoints.save(i * 5L, state(i), Map.of("note", "n" + i));
            assertThat(checkpoints.offer(costs[i], state(i), Map.of())).isEqualTo(better[i]);
        }
        assertThat(names()).containsExactly("step-000000000015.safetensors", "step-000000000010.safetensors");
        assertThat(checkpoints.load(state(0))).isEqualTo(state(3));
        assertThat(checkpoints.read().metadata()).containsEntry("note", "n3");
        assertThat(Safetensors.load(checkpoints.best().orElseThrow(), state(0))).isEqualTo(state(1));
    }

    @Test
    void aLaterStepIsNewerWhateverItsLength() {
        CheckpointFolder checkpoints = new CheckpointFolder(folder, 3);
        for (long step : new long[] {2, Long.MAX_VALUE, 999_999_999_999L}) {
            checkpoints.save(step, state(1), Map.of());
        }
        assertThat(names().getFirst()).isEqualTo("step-9223372036854775807.safetensors");
        assertThat(names().getLast()).isEqualTo("step-000000000002.safetensors");
    }

    @Test
    void aDamagedOneIsNamedAndTheOneBeforeItOffered() throws Exception {
        CheckpointFolder checkpoints = new CheckpointFolder(folder, 2);
        checkpoints.save(1, state(1), Map.of());
        checkpoints.save(2, state(2), Map.of());
        Path newest = checkpoints.latest().orElseThrow();
        Files.write(newest, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> checkpoints.load(state(0)))
                .isInstanceOf(CorruptFile.class)
                .hasMessage(newest + ": truncated: the file has 3 bytes, the length of the header alone takes 8; delete"
                        + " this file to go on from the checkpoint before it, step-000000000001.safetensors");
        Files.delete(newest);
        assertThat(checkpoints.load(state(0))).isEqualTo(state(1));
    }

    @Test
    void whatCannotBeWrittenLeavesTheLastGoodOne() throws Exception {
        CheckpointFolder checkpoints = new CheckpointFolder(folder, 1);
        checkpoints.save(1, state(1), Map.of());
        // A folder in the place of the file: a disk that refuses, for every user.
        Path refused = Files.createDirectory(folder.resolve("step-000000000002.safetensors"));
        assertThatThrownBy(() -> checkpoints.save(2, state(2), Map.of()))
                .isInstanceOf(FileFailure.class)
                .hasMessage(refused + ": is a folder, not a file");
        Files.delete(refused);
        assertThat(checkpoints.load(state(0))).isEqualTo(state(1));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void noneIsAClearMessage() {
        assertThatThrownBy(() -> new CheckpointFolder(folder, 1).load(state(0)))
                .isInstanceOf(FileFailure.class)
                .hasMessage(folder + ": there is no checkpoint in this folder");
        assertThatThrownBy(() -> new CheckpointFolder(folder, 0))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a checkpoint folder keeps at least 1 checkpoint, not 0");
    }

    @Test
    void aFolderIsLockedOnce() {
        try (FolderLock _ = FolderLock.of(folder)) {
            assertThatThrownBy(() -> FolderLock.of(folder))
                    .isInstanceOf(FileFailure.class)
                    .hasMessage(folder + ": another process is at work in this folder; wait for its end, or choose"
                            + " another folder");
        }
        FolderLock closed = FolderLock.of(folder);
        closed.close();
        closed.close();
        FolderLock.of(folder).close();
        Path gone = folder.resolve("gone");
        assertThatThrownBy(() -> FolderLock.of(gone))
                .isInstanceOf(FileFailure.class)
                .hasMessage(gone.resolve(".lock") + ": no such file or folder");
    }

    /// Locks the folder that it is given, says so, and waits to be killed.
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            FolderLock.of(Path.of(args[0]));
            System.out.println("locked");
            Thread.sleep(60_000);
        }
    }

    @Test
    void aLockEndsWithItsProcess() throws Exception {
        String path = System.getProperty("jdk.module.path", "")
                + java.io.File.pathSeparator
                + System.getProperty("java.class.path")
                + java.io.File.pathSeparator
                + System.getProperty("surefire.test.class.path", "")
                + java.io.File.pathSeparator
                + Path.of("target", "test-classes")
                + java.io.File.pathSeparator
                + Path.of("target", "classes");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            assertThatThrownBy(() -> FolderLock.of(folder)).hasMessageContaining("another process is at work");
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        FolderLock.of(folder).close();
    }
}
