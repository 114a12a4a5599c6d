package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.io.Safetensors;
import dev.adjoint.io.TensorFile;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that are killed, kept out of a folder, or run into the end of a disk.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class KilledProcessTest {
    @TempDir
    private Path folder;

    /// A checkpoint after every step: wherever the process is killed, it is likely to be writing one.
    private String[] train(String out) {
        return new String[] {
            "train",
            "--data",
            "iris",
            "--model",
            "mlp",
            "--epochs",
            "40",
            "--batch",
            "8",
            "--checkpoint-steps",
            "1",
            "--threads",
            "1",
            "--patience",
            "30",
            "--out",
            folder.resolve(out).toString()
        };
    }

    private String digest(String run) throws Exception {
        byte[] weights = Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights));
    }

    private List<String> checkpoints() {
        try (Stream<Path> files = Files.list(folder.resolve("run/checkpoint"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (java.io.IOException e) {
            return List.of();
        }
    }

    private long newest() {
        return checkpoints().stream()
                .filter(name -> name.startsWith("step-"))
                .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
                .max()
                .orElse(-1);
    }

    private boolean isWriting() {
        return checkpoints().stream().anyMatch(name -> name.endsWith(".tmp"));
    }

    private static void await(Launched launched, BooleanSupplier condition) throws Exception {
        while (launched.process().isAlive() && !condition.getAsBoolean()) {
            Thread.sleep(0, 200_000);
        }
    }

    @Test
    void aRunThatIsKilledWhileItWritesEndsInTheWeightsOfTheUnbrokenOne() throws Exception {
        Launched unbroken = Launched.with(train("whole"));
        assertThat(unbroken.output()).contains("test accuracy");
        assertThat(unbroken.code()).isZero();

        Launched first = Launched.with(train("run"));
        await(first, () -> newest() >= 40 && isWriting());
        Called second = Called.with("train", "--resume", folder.resolve("run").toString());
        first.kill();
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("another process is at work in this folder");
        assertThat(folder.resolve("run/model.safetensors")).doesNotExist();
        long reached = newest();
        assertThat(reached).isBetween(40L, 599L);

        String run = folder.resolve("run").toString();
        for (int attempt = 0; attempt < 10 && !isWriting(); attempt++) {
            long before = newest();
            Launched again = Launched.with("train", "--resume", run, "--checkpoint-steps", "1", "--threads", "1");
            await(again, () -> newest() > before && isWriting());
            again.kill();
        }
        // What a process leaves that died between the first byte of a checkpoint and the last.
        assertThat(checkpoints()).anyMatch(name -> name.endsWith(".tmp"));
        assertThat(folder.resolve("run/model.safetensors")).doesNotExist();

        Launched last = Launched.with("train", "--resume", run);
        assertThat(last.output()).contains("test accuracy");
        assertThat(last.code()).isZero();
        assertThat(digest("run")).isEqualTo(digest("whole"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // has no ulimit
    void aFullDiskIsSaidAndTheLastCheckpointStays() throws Exception {
        Called.with(
                "train",
                "--data",
                "iris",
                "--model",
                "mlp",
                "--epochs",
                "1",
                "--out",
                folder.resolve("run").toString());
        long reached = newest();
        // Files cannot grow above 8 blocks, which are smaller than the picture of the graph.
        Launched full = Launched.after(
                "ulimit -f 8",
                "train",
                "--epochs",
                "2",
                "--resume",
                folder.resolve("run").toString());
        assertThat(full.output())
                .startsWith("adjoint train: ")
                .contains("File too large")
                .hasLineCount(1);
        assertThat(full.code()).isEqualTo(1);
        assertThat(newest()).isEqualTo(reached);
        assertThat(Called.with(
                                "train",
                                "--epochs",
                                "2",
                                "--resume",
                                folder.resolve("run").toString())
                        .code())
                .isZero();
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Called called = Called.with(
                "train", "--data", "iris", "--out", file.resolve("run").toString());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains("the folder cannot be prepared").hasLineCount(1);
    }

    @Test
    void aCheckpointOfAnotherModelIsToldByATable() throws Exception {
        Called.with(
                "train",
                "--data",
                "iris",
                "--model",
                "mlp",
                "--epochs",
                "1",
                "--out",
                folder.resolve("run").toString());
        Path newest = folder.resolve("run/checkpoint").resolve(checkpoints().getLast());
        TensorFile file = Safetensors.read(newest);
        Map<String, Tensor> tensors = new LinkedHashMap<>(file.tensors());
        tensors.remove("model.layers.hidden.bias");
        tensors.put("model.layers.readout.bias", Array.of(1f, 2f));
        tensors.put("model.layers.extra.bias", Array.of(1f));
        Safetensors.write(newest, tensors, file.metadata());
        Called called = Called.with("train", "--resume", folder.resolve("run").toString());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err().lines())
                .hasSize(4)
                .first()
                .asString()
                .endsWith("does not fit the model: 1 missing, 1 unexpected, 1 of another type");
        assertThat(called.err())
                .containsPattern("model.layers.hidden.bias +the model has f32\\[64], the file has none")
                .containsPattern("model.layers.readout.bias +the model has f32\\[3], the file has f32\\[2]");
    }

    @Test
    void aLossThatIsNoNumberIsExplainedAndTheLastGoodCheckpointStays() throws Exception {
        Called called = Called.with(
                "train",
                "--data",
                "iris",
                "--model",
                "mlp",
                "--optimizer",
                "sgd",
                "--lr",
                "1e15",
                "--checkpoint-steps",
                "1",
                "--out",
                folder.resolve("run").toString());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err())
                .hasLineCount(1)
                .containsPattern("the loss of step \\d+ is (NaN|Infinity)")
                .containsPattern("in step \\d+, .* makes \\d+ (NaN|infinit)")
                .contains("the last good checkpoint is " + folder.resolve("run/checkpoint/step-"));
        Path newest = folder.resolve("run/checkpoint").resolve(checkpoints().getLast());
        Safetensors.read(newest).tensors().forEach((name, tensor) -> {
            if (name.startsWith("model.")) {
                assertThat(Array.of(tensor).toDoubles()).doesNotContain(Double.NaN);
            }
        });
    }
}
