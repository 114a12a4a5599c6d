package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.io.FolderLock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Trains small networks on Iris, which takes no time.
final class TrainCommandTest {
    @TempDir
    private Path folder;

    private Called train(String out, String... more) {
        List<String> args = new ArrayList<>(List.of("train", "--data", "iris", "--model", "mlp"));
        args.addAll(List.of("--out", folder.resolve(out).toString()));
        args.addAll(List.of(more));
        return Called.with(args.toArray(String[]::new));
    }

    private byte[] weights(String run) throws Exception {
        return Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
    }

    @Test
    void leavesARunAndReportsIt() throws Exception {
        Called called = train("run", "--epochs", "60", "--batch", "8", "--json");
        assertThat(called.code()).isZero();
        JsonNode json = called.json();
        assertThat(json.propertyNames())
                .containsExactly(
                        "epochs",
                        "steps",
                        "train_loss",
                        "test_loss",
                        "test_accuracy",
                        "seconds",
                        "steps_per_second",
                        "out");
        assertThat(json.get("epochs").asInt()).isEqualTo(60);
        assertThat(json.get("steps").asInt()).isEqualTo(60 * 15); // 120 examples in batches of 8
        assertThat(json.get("test_accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(json.get("out").asString()).isEqualTo(folder.resolve("run").toString());
        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "model.safetensors",
                            "checkpoint",
                            "metrics.csv",
                            "graph.svg",
                            "loss.svg",
                            "rate.svg",
                            "summary.txt",
                            "run.json");
        }
        assertThat(Files.readAllLines(folder.resolve("run/metrics.csv")))
                .hasSize(61)
                .first()
                .isEqualTo("epoch,steps,train_loss,test_loss,test_accuracy,seconds");
        assertThat(called.err().lines()).hasSize(60).first().asString().startsWith("epoch 1/60  train loss ");
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws Exception {
        train("a", "--epochs", "2", "--seed", "7");
        train("b", "--epochs", "2", "--seed", "7", "--threads", "1");
        train("c", "--epochs", "2", "--seed", "8");
        assertThat(weights("a")).isEqualTo(weights("b"));
        assertThat(weights("a")).isNotEqualTo(weights("c"));
    }

    @Test
    void resumingAFinishedRunChangesNothingAndMoreEpochsGoOn() throws Exception {
        train("run", "--epochs", "2");
        byte[] before = weights("run");
        String run = folder.resolve("run").toString();
        Called again = Called.with("train", "--resume", run, "--json");
        assertThat(again.code()).isZero();
        assertThat(again.json().get("epochs").asInt()).isEqualTo(2);
        assertThat(weights("run")).isEqualTo(before);
        Called more = Called.with("train", "--resume", run, "--epochs", "3", "--json");
        assertThat(more.json().get("steps").asInt()).isEqualTo(12);
        assertThat(Files.readAllLines(folder.resolve("run/metrics.csv"))).hasSize(4);
    }

    @Test
    void aFolderThatHoldsARunIsRefusedUnlessForced() throws Exception {
        train("run", "--epochs", "1");
        Files.writeString(folder.resolve("run/notes.txt"), "mine");
        // As a run leaves it that was killed while it wrote.
        Path half = folder.resolve(
                "run/checkpoint/.step-000000000003.safetensors.0b5c3a0e-58a4-4f6b-9f0a-0123456789ab.tmp");
        Files.writeString(half, "half");
        byte[] before = weights("run");
        Called refused = train("run", "--epochs", "2");
        String run = folder.resolve("run").toString();
        assertThat(refused)
                .isEqualTo(wrong(run + " holds a run; go on with it by --resume " + run
                        + ", replace it by --force, or choose another folder with --out"));
        assertThat(weights("run")).isEqualTo(before);
        assertThat(train("run", "--epochs", "2", "--force").code()).isZero();
        assertThat(weights("run")).isNotEqualTo(before);
        assertThat(folder.resolve("run/notes.txt")).hasContent("mine");
        assertThat(half).doesNotExist();
    }

    private static Called wrong(String message) {
        return new Called(2, "", "adjoint train: " + message + System.lineSeparator());
    }

    static Stream<Arguments> wrongCalls() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Stream.of(
                call("--epochs must be at least 1, not 0", "--epochs", "0"),
                call("--batch must be at least 1, not -1", "--batch", "-1"),
                call("--checkpoint-steps must be at least 1, not 0", "--checkpoint-steps", "0"),
                call(
                        "--threads: threads must lie between 1 and " + processors
                                + ", the number of processors, not at 0",
                        "--threads",
                        "0"),
                call("no model is called 'lenett'; did you mean 'lenet' or 'lenet5'?", "--model", "lenett"),
                call(
                        "model lenet takes examples [channels,height,width] of at least 4×4, not [4]; the data is iris:"
                                + " 120 examples [4] in 3 classes",
                        "--model",
                        "lenet"),
                call(
                        "model gpt takes text, and iris is none; give it --data text:FILE, or choose another model",
                        "--model",
                        "gpt"),
                call("--lr: 'fast' is not a number", "--lr", "fast"),
                call("--lr must be above 0, not -1", "--lr", "-1"),
                call("--ema must lie from 0 to below 1, not 1.5", "--ema", "1.5"),
                call("--precision must be f32 or bf16, not 'half'", "--precision", "half"),
                call("no optimiser is called 'adamm'; did you mean 'adam' or 'adamw'?", "--optimizer", "adamm"),
                call(
                        "no setting of adamw is called 'beta3'; did you mean 'beta1' or 'beta2'?",
                        "--optimizer",
                        "adamw,beta3=0.9"),
                call("no schedule is called 'polynomal'; did you mean 'polynomial'?", "--schedule", "polynomal"),
                call("--augment changes images [channels,height,width], and the examples are [4]", "--augment", "flip"),
                call("--folds leaves no run to go on with; leave --resume out", "--folds", "3", "--resume", "FOLDER"),
                call(
                        "--resume goes on with a run and --force replaces it; give one of them",
                        "--resume",
                        ".",
                        "--force"),
                call("--resume goes on in its own folder; leave --out out", "--resume", "elsewhere"));
    }

    private static Arguments call(String message, String... args) {
        return Arguments.of(message, args);
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void aWrongCallWritesNothing(String message, String[] args) throws Exception {
        List<String> all = new ArrayList<>(List.of("--data", "iris"));
        all.addAll(List.of(args));
        List<String> full =
                new ArrayList<>(List.of("train", "--out", folder.resolve("run").toString()));
        full.addAll(all);
        full.replaceAll(text -> text.equals("FOLDER") ? folder.resolve("run").toString() : text);
        assertThat(Called.with(full.toArray(String[]::new))).isEqualTo(wrong(message));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void notANumberIsAWrongCall() {
        Called called = train("run", "--epochs", "many");
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err())
                .contains("--epochs", "'many' is not a whole number")
                .hasLineCount(1);
    }

    @Test
    void anUnknownDataSetSuggestsTheNearest() {
        Called called = Called.with(
                "train", "--data", "digit", "--out", folder.resolve("x").toString());
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err()).contains("digit", "digits").hasLineCount(1);
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void unreadableDataIsWorkThatFailed() throws Exception {
        Path csv = Files.writeString(folder.resolve("a.csv"), "1,2,0\n1,x,1\n");
        Called called = Called.with(
                "train", "--data", csv.toString(), "--out", folder.resolve("x").toString());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains("a.csv", "line 2").hasLineCount(1);
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void aResumedRunKeepsItsSetting() {
        train("run", "--epochs", "1");
        Called called = Called.with("train", "--resume", folder.resolve("run").toString(), "--batch", "8");
        assertThat(called)
                .isEqualTo(wrong("the run was started with --batch 32; leave --batch out, or start another run"));
        Called nothing = Called.with("train", "--resume", folder.resolve("none").toString());
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).endsWith("no such file; no run was started in this folder" + System.lineSeparator());
    }

    @Test
    void predictsWithWhatWasTrained() {
        train("run", "--epochs", "60", "--batch", "8");
        String run = folder.resolve("run").toString();
        JsonNode json = Called.with("predict", run, "--data", "iris", "--json").json();
        assertThat(json.propertyNames()).containsExactly("examples", "accuracy", "predictions");
        assertThat(json.get("examples").asInt()).isEqualTo(150);
        assertThat(json.get("accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(json.get("predictions").get(0).propertyNames())
                .containsExactly("example", "class", "probability", "label");
        assertThat(json.get("predictions").get(0).get("label").asString()).isEqualTo("setosa");
        Called unfit = Called.with("predict", run, "--data", "wine");
        assertThat(unfit.code()).isEqualTo(2);
        assertThat(unfit.err())
                .isEqualTo("adjoint predict: the model takes examples [4], but those of wine are [13]"
                        + System.lineSeparator());
        assertThat(Called.with("predict", folder.toString(), "--data", "iris").err())
                .contains("no such file")
                .hasLineCount(1);
    }

    @Test
    void aDamagedModelIsWorkThatFailed() throws Exception {
        train("run", "--epochs", "1");
        Path file = folder.resolve("run/model.safetensors");
        Files.write(file, java.util.Arrays.copyOf(weights("run"), 100));
        Called called = Called.with("predict", folder.resolve("run").toString(), "--data", "iris");
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains("truncated").hasLineCount(1);
    }

    /// 4·64 + 64 weights below, 64·3 + 3 above.
    @Test
    void summaryCountsWeightsAndBytes() {
        JsonNode json = Called.with("summary", "mlp", "--data", "iris", "--batch", "10", "--json")
                .json();
        assertThat(json.propertyNames())
                .containsExactly(
                        "model",
                        "data",
                        "batch",
                        "input",
                        "layers",
                        "parameters",
                        "kept_bytes",
                        "train_bytes",
                        "predict_bytes");
        assertThat(json.get("parameters").asLong()).isEqualTo(4 * 64 + 64 + 64 * 3 + 3);
        assertThat(json.get("input").asString()).isEqualTo("f32[10,4]");
        // The hidden layer's results, which tell the ramp's slope as well, and the scores: four bytes a number.
        assertThat(json.get("kept_bytes").asLong()).isEqualTo(4 * (10 * 64 + 10 * 3));
        assertThat(json.get("train_bytes").asLong())
                .isGreaterThan(json.get("predict_bytes").asLong());
        assertThat(Called.with("summary", "lenet").out()).contains("conv1", "f32[32,16,8,8]", "training step, at most");
    }

    @Test
    void aFolderInWhichAnotherProcessTrainsIsRefused() throws Exception {
        train("run", "--epochs", "1");
        byte[] before = weights("run");
        String run = folder.resolve("run").toString();
        try (FolderLock _ = FolderLock.of(folder.resolve("run/checkpoint"))) {
            for (Called called : List.of(train("run", "--force"), Called.with("train", "--resume", run))) {
                assertThat(called.code()).isEqualTo(1);
                assertThat(called.err())
                        .isEqualTo("adjoint train: " + folder.resolve("run/checkpoint")
                                + ": another process is at work in this folder; wait for its end, or choose another"
                                + " folder" + System.lineSeparator());
            }
        }
        assertThat(weights("run")).isEqualTo(before);
    }

    @Test
    void aDamagedCheckpointIsNamedAndTheOneBeforeItGoesOn() throws Exception {
        train("whole", "--epochs", "3");
        train("run", "--epochs", "2");
        String run = folder.resolve("run").toString();
        Path newest = folder.resolve("run/checkpoint/step-000000000008.safetensors");
        Files.write(newest, new byte[20]);
        Called called = Called.with("train", "--resume", run, "--epochs", "3");
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err())
                .hasLineCount(1)
                .startsWith("adjoint train: " + newest)
                .contains("delete this file to go on from the checkpoint before it, step-000000000004.safetensors");
        Files.delete(newest);
        assertThat(Called.with("train", "--resume", run, "--epochs", "3").code())
                .isZero();
        // The rates of a schedule depend on the number of epochs that the run was told last.
        assertThat(Files.readAllLines(folder.resolve("run/metrics.csv"))).hasSize(4);
    }

    @Test
    void theRunRecordSaysWhatIsNeededToRepeatIt() throws Exception {
        train("run", "--epochs", "1", "--seed", "9");
        JsonNode record = new JsonMapper().readTree(Files.readString(folder.resolve("run/run.json")));
        assertThat(record.propertyNames()).containsExactly("setting", "data", "versions", "machine");
        assertThat(record.get("setting").get("seed").asString()).isEqualTo("9");
        assertThat(record.get("data").get("name").asString()).isEqualTo("iris");
        assertThat(record.get("data").get("training_examples").asInt()).isEqualTo(120);
        String digest = record.get("data").get("training_sha256").asString();
        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(record.get("versions").get("java").asString())
                .isEqualTo(Runtime.version().toString());
        train("again", "--epochs", "1", "--seed", "3");
        JsonNode other = new JsonMapper().readTree(Files.readString(folder.resolve("again/run.json")));
        assertThat(other.get("data").get("training_sha256").asString()).isEqualTo(digest);
    }

    @Test
    void eventsAreWrittenIfAsked() throws Exception {
        assertThat(train("run", "--epochs", "2", "--tensorboard").code()).isZero();
        try (Stream<Path> files = Files.list(folder.resolve("run/events"))) {
            // 8 steps and 2 epochs; every record begins with its length and ends with a sum.
            byte[] bytes = Files.readAllBytes(files.findFirst().orElseThrow());
            ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int events = 0;
            while (all.hasRemaining()) {
                all.position(all.position() + 16 + (int) all.getLong(all.position()));
                events++;
            }
            assertThat(events).isEqualTo(1 + 8 + 2);
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("epoch/test accuracy");
        }
    }
}
