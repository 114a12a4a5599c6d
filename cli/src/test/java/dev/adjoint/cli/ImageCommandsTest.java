package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Trains on images in files: black ones and white ones.
final class ImageCommandsTest {
    @TempDir
    private Path folder;

    private void image(String name, int brightness) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, GreyPng.of(brightness));
    }

    private Called call(String command, String data, String... more) {
        String run = folder.resolve("run").toString();
        List<String> args =
                new ArrayList<>(command.equals("train") ? List.of("train", "--out", run) : List.of(command, run));
        args.addAll(List.of("--data", data));
        args.addAll(List.of(more));
        return Called.with(args.toArray(String[]::new));
    }

    private Path twoClasses() throws IOException {
        for (int i = 0; i < 10; i++) {
            image("photos/black/" + i + ".png", i);
            image("photos/white/" + i + ".png", 255 - i);
        }
        return folder.resolve("photos");
    }

    @Test
    void corruptImagesAreLeftOutWhenAsked() throws Exception {
        Path photos = twoClasses();
        Path bad = Files.writeString(photos.resolve("white/x.png"), "no image");
        String reason = bad + ": is neither PNG nor JPEG";
        String[] settings = {"--model", "mlp", "--epochs", "5"};
        assertThat(call("train", "images:" + photos, settings))
                .isEqualTo(new Called(
                        1,
                        "",
                        "adjoint train: " + photos + ": 1 of its 21 images cannot be read: " + reason
                                + "; repair them, take them away, or leave them out with --skip-corrupt\n"));
        Called trained = call("train", "images:" + photos, "--model", "mlp", "--epochs", "5", "--skip-corrupt");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).startsWith("left out 1 image that cannot be read:\n  " + reason + "\n");
        assertThat(Files.readString(folder.resolve("run/run.json"))).contains("\"left_out\":[\"" + reason + "\"]");
        assertThat(call("eval", "images:" + photos).code()).isEqualTo(1);
        Called measured = call("eval", "images:" + photos, "--skip-corrupt", "--json");
        assertThat(measured.json().get("examples").asInt()).isEqualTo(20);
        assertThat(measured.err()).contains(reason);
        image("new/1.png", 255);
        image("new/2.png", 0);
        JsonNode found =
                call("predict", "images:" + folder.resolve("new"), "--json").json();
        assertThat(found.get("accuracy").isNull()).isTrue();
        assertThat(found.get("predictions")).hasSize(2);
        assertThat(call("eval", "digits", "--skip-corrupt"))
                .isEqualTo(new Called(
                        2,
                        "",
                        "adjoint eval: --skip-corrupt leaves out images that cannot be read, and the data is no folder of"
                                + " images; leave it out\n"));
    }

    private static byte[] idx(byte[] values, int... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dims.length + values.length);
        bytes.putInt(0x0800 + dims.length);
        for (int dim : dims) {
            bytes.putInt(dim);
        }
        return bytes.put(values).array();
    }

    private String idxFolder(String name, int... labels) throws IOException {
        Path files = Files.createDirectories(folder.resolve(name));
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            bytes[i] = (byte) labels[i];
        }
        Files.write(files.resolve("train-images-idx3-ubyte"), idx(new byte[labels.length * 4], labels.length, 2, 2));
        Files.write(files.resolve("train-labels-idx1-ubyte"), idx(bytes, labels.length));
        return "idx:" + files;
    }

    @Test
    void labelsBeyondTheClassesOfTheModelAreNamed() throws Exception {
        String known = idxFolder("known", 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertThat(call("train", known, "--model", "mlp", "--epochs", "1").code())
                .isZero();
        String more = idxFolder("more", 0, 1, 2, 3);
        for (String command : new String[] {"eval", "predict"}) {
            assertThat(call(command, more))
                    .isEqualTo(new Called(
                            1,
                            "",
                            "adjoint " + command + ": " + folder.resolve("more/train-labels-idx1-ubyte")
                                    + ": the label 3 of example 3 is outside the 3 classes (0 to 2)\n"));
        }
        assertThat(call("predict", idxFolder("one", 2)).code()).isZero();
        assertThat(call("train", idxFolder("stray", 0, 1, 2, 77, 1), "--force").err())
                .isEqualTo("adjoint train: " + folder.resolve("stray/train-labels-idx1-ubyte")
                        + ": the label 77 of example 3 lies beyond the classes 0 … 2 that occur; correct it, or give the"
                        + " classes numbers without gaps from 0 on\n");
    }
}
