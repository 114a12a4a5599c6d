package dev.adjoint.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.Split;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    @TempDir
    Path folder;

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static void assertUnreadable(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(UnreadableData.class).hasMessage(message);
    }

    @Test
    void readsEveryType() throws IOException {
        Array bytes = Idx.read(write("a", IdxBytes.of(new int[] {2, 2}, 0, 1, 254, 255)));
        assertThat(bytes.type()).hasToString("u8[2,2]");
        assertThat(bytes.toLongs()).containsExactly(0, 1, 254, 255);
        assertThat(Idx.read(write("b", new byte[] {0, 0, 9, 1, 0, 0, 0, 2, -1, 1}))
                        .toLongs())
                .containsExactly(-1, 1);
        assertThat(Idx.read(write("c", new byte[] {0, 0, 11, 1, 0, 0, 0, 2, -1, 0, 1, 2}))
                        .toLongs())
                .containsExactly(-256, 258);
        assertThat(Idx.read(write("d", new byte[] {0, 0, 12, 1, 0, 0, 0, 1, 0, 1, 0, 0}))
                        .toLongs())
                .containsExactly(65536);
        byte[] single =
                ByteBuffer.allocate(12).putInt(0x0d01).putInt(1).putFloat(1.5f).array();
        assertThat(Idx.read(write("e", single)).toFloats()).containsExactly(1.5f);
        byte[] wide =
                ByteBuffer.allocate(16).putInt(0x0e01).putInt(1).putDouble(0.1).array();
        assertThat(Idx.read(write("f", wide)).toDoubles()).containsExactly(0.1);
    }

    @Test
    void damagedFilesAreNamedWithTheirReason() throws IOException {
        byte[] good = IdxBytes.of(new int[] {2, 2}, 0, 1, 2, 3);
        Path magic = write("magic", "PNG and more".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertUnreadable(
                () -> Idx.read(magic),
                magic + ": is not an IDX file: it begins with 504e4720, but must with 0000, a type of 08, 09, 0b to 0e"
                        + " and the number of axes, such as 00000803");
        Path cut = write("cut", Arrays.copyOf(good, good.length - 1));
        assertUnreadable(
                () -> Idx.read(cut), cut + ": is truncated: its header says [2, 2], which takes 4 bytes, but 3 follow");
        Path longer = write("longer", Arrays.copyOf(good, good.length + 1));
        assertUnreadable(
                () -> Idx.read(longer),
                longer + ": is longer than its header says: more than the 4 bytes of [2, 2] follow");
        Path header = write("header", Arrays.copyOf(good, 7));
        assertUnreadable(() -> Idx.read(header), header + ": is truncated: it ends within the header of an IDX file");
        Path huge = write("huge", IdxBytes.of(new int[] {-1, -1, -1}));
        assertUnreadable(
                () -> Idx.read(huge),
                huge + ": holds [4294967295, 4294967295, 4294967295] numbers by its header, more than fit into one"
                        + " array");
        Path absent = folder.resolve("absent");
        assertUnreadable(() -> Idx.read(absent), absent + ": no such file");
    }

    @Test
    void aFolderIsADataSet() throws IOException {
        IdxBytes.part(folder, "train", 0, 1, 2);
        IdxBytes.part(folder, "t10k", 1, 0);
        Dataset all = IdxFolder.of(folder).all();
        assertThat(all.features().type()).hasToString("f32[5,1,1,2]");
        assertThat(all.labels().toLongs()).containsExactly(0, 1, 2, 1, 0);
        assertThat(all.features().toFloats()).startsWith(0, 1, 1 / 255f, 1, 2 / 255f, 1, 0, 1);
        Split split =
                IdxFolder.of(folder).classes(List.of("a", "b", "c")).split().orElseThrow();
        assertThat(split.train().size()).isEqualTo(3);
        assertThat(split.test().classNames()).containsExactly("a", "b", "c");
        assertThat(IdxFolder.of(folder).split().orElseThrow().test().classNames())
                .hasSize(3);
    }

    @Test
    void onePartIsEnoughAndMayBePacked() throws IOException {
        write("t10k-images.idx3-ubyte.gz", IdxBytes.gzip(IdxBytes.of(new int[] {1, 2, 1}, 0, 51)));
        write("t10k-labels.idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.of(new int[] {1}, 4)));
        Dataset all = IdxFolder.of(folder).all();
        assertThat(all.exampleShape()).isEqualTo(Shape.of(1, 2, 1));
        assertThat(all.features().toFloats()).containsExactly(0, 0.2f);
        assertThat(IdxFolder.of(folder).split()).isEmpty();
    }

    @Test
    void filesThatDoNotFitTogether() throws IOException {
        assertUnreadable(
                () -> IdxFolder.of(folder).all(),
                folder + ": holds no IDX images; expected are files such as train-images-idx3-ubyte.gz and"
                        + " train-labels-idx1-ubyte.gz, which 'adjoint data fetch mnist' brings");
        Path absent = folder.resolve("absent");
        assertUnreadable(() -> IdxFolder.of(absent).all(), absent + ": no such folder");
        IdxBytes.part(folder, "train", 0, 1, 2);
        Path labels = write("train-labels-idx1-ubyte", IdxBytes.of(new int[] {2}, 0, 1));
        assertUnreadable(
                () -> IdxFolder.of(folder).all(),
                labels + ": holds 2 labels, but train-images-idx3-ubyte holds 3 images");
        write("train-labels-idx1-ubyte", IdxBytes.of(new int[] {3}, 0, 1, 7));
        assertUnreadable(
                () -> IdxFolder.of(folder).classes(List.of("a", "b")).all(),
                labels + ": the label 7 of example 2 is outside the 2 classes (0 to 1)");
        write("train-labels-idx1-ubyte", IdxBytes.of(new int[] {3, 1}, 0, 1, 7));
        assertUnreadable(
                () -> IdxFolder.of(folder).all(),
                labels + ": holds u8[3,1], but labels [n] of unsigned bytes (u8) are expected");
        Files.delete(labels);
        assertUnreadable(
                () -> IdxFolder.of(folder).all(),
                folder.resolve("train-images-idx3-ubyte") + ": there is no file of labels beside it");
    }

    @Test
    void aLabelFarBeyondTheClassesIsAMistake() throws IOException {
        IdxBytes.part(folder, "train", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 77);
        String reason =
                " lies beyond the classes 0 … 9 that occur; correct it, or give the classes numbers without gaps"
                        + " from 0 on";
        assertUnreadable(
                () -> IdxFolder.of(folder).all(),
                folder.resolve("train-labels-idx1-ubyte") + ": the label 77 of example 12" + reason);
        IdxBytes.part(folder, "train", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        IdxBytes.part(folder, "t10k", 1, 15);
        Path labels = folder.resolve("t10k-labels-idx1-ubyte");
        assertUnreadable(() -> IdxFolder.of(folder).split(), labels + ": the label 15 of example 1" + reason);
        assertUnreadable(() -> IdxFolder.of(folder).all(), labels + ": the label 15 of example 1" + reason);
        IdxBytes.part(folder, "t10k", 3, 8);
        assertThat(IdxFolder.of(folder).split().orElseThrow().test().classNames())
                .hasSize(10);
    }
}
