package dev.adjoint.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Dataset;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.data.loader.Loader;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Key;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    Path folder;

    private Path write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        String format = name.replaceFirst(".*\\.", "").toLowerCase(java.util.Locale.ROOT);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    private static BufferedImage plain(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, rgb);
        }
        return image;
    }

    private static void assertUnreadable(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(UnreadableData.class).hasMessage(message);
    }

    @Test
    void subFoldersAreClasses() throws IOException {
        write("dog/b.png", plain(3, 2, 0xFF8000));
        write("cat/a.png", plain(3, 2, 0x000000));
        write("dog/a.jpg", plain(3, 2, 0xFFFFFF));
        Files.writeString(folder.resolve("dog/notes.txt"), "not an image");
        Files.writeString(folder.resolve("dog/.hidden.png"), "not an image");
        ImageFolder images = ImageFolder.of(folder);
        assertThat(images.size()).isEqualTo(3);
        assertThat(images.file(1)).isEqualTo(folder.resolve("dog/a.jpg"));
        Dataset dataset = images.dataset();
        assertThat(dataset.classNames()).containsExactly("cat", "dog");
        assertThat(dataset.labels().toLongs()).containsExactly(0, 1, 1);
        assertThat(dataset.features().type()).hasToString("f32[3,3,2,3]");
        float[] pixels = dataset.features().toFloats();
        assertThat(Arrays.copyOf(pixels, 18)).containsOnly(0);
        assertThat(Arrays.copyOfRange(pixels, 18, 36)).containsOnly(1);
        assertThat(Arrays.copyOfRange(pixels, 36, 54))
                .containsExactly(
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        128 / 255f,
                        128 / 255f,
                        128 / 255f,
                        128 / 255f,
                        128 / 255f,
                        128 / 255f,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0);
    }

    /// Samples come as they are stored, whatever the file's kind of colours.
    @Test
    void greyAndIndexedImages() throws IOException {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 100);
        grey.getRaster().setSample(1, 0, 0, 255);
        assertThat(ImageFile.read(write("a/grey.png", grey)).toFloats())
                .containsExactly(100 / 255f, 1, 100 / 255f, 1, 100 / 255f, 1);
        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 13107);
        assertThat(ImageFile.read(write("a/deep.png", deep)).toFloats()).containsExactly(0.2f, 0.2f, 0.2f);
        BufferedImage indexed = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
        indexed.setRGB(0, 0, 0xFF0000);
        assertThat(ImageFile.read(write("a/indexed.png", indexed)).toFloats()).containsExactly(1, 0, 0);
        BufferedImage clear = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(0, 0, 0x800000FF);
        assertThat(ImageFile.read(write("a/clear.png", clear)).toFloats()).containsExactly(0, 0, 1);
        Dataset one = ImageFolder.of(folder).grey().resized(1, 1).dataset();
        assertThat(one.features().type()).hasToString("f32[4,1,1,1]");
        assertThat(one.features().toFloats()[0]).isCloseTo(0.114f, within(1e-6f));
    }

    @Test
    void imagesAreReadWhenABatchNeedsThem() throws IOException {
        for (int i = 0; i < 9; i++) {
            write("a/" + i + ".png", plain(2, 2, i * 0x010101));
        }
        ImageFolder images = ImageFolder.of(folder).grey();
        int seen = 0;
        for (Batch batch : Loader.of(images, 2).epoch(Key.of(1))) {
            seen += batch.size();
        }
        assertThat(seen).isEqualTo(9);
        assertThat(Array.of(images.batch(7).features()).toFloats()[0]).isCloseTo(7 / 255f, within(1e-6f));
    }

    @Test
    void corruptImagesAreReportedAndLeftOutWhenAsked() throws IOException {
        write("a/good.png", plain(40, 40, 0x123456));
        Path cutPng = write("a/cut.png", noise(40));
        Path cutJpeg = write("b/cut.jpg", noise(40));
        write("b/good.jpg", plain(40, 40, 0x123456));
        Path text = Files.writeString(folder.resolve("b/text.png"), "hello");
        for (Path file : List.of(cutPng, cutJpeg)) {
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        }
        ImageFolder images = ImageFolder.of(folder);
        List<ImageFolder.Corrupt> corrupt = images.corrupt();
        assertThat(corrupt).map(ImageFolder.Corrupt::file).containsExactly(cutPng, cutJpeg, text);
        assertThat(corrupt.get(2).reason()).isEqualTo(text + ": is neither PNG nor JPEG");
        assertThat(corrupt.getFirst().reason())
                .startsWith(cutPng + ": is a damaged image: ")
                .hasLineCount(1);
        assertThatThrownBy(images::dataset)
                .isInstanceOf(UnreadableData.class)
                .hasMessageStartingWith(folder + ": 3 of its 5 images cannot be read: " + cutPng + ": ")
                .hasMessageEndingWith(text + ": is neither PNG nor JPEG; repair them, take them away, or leave them out"
                        + " with --skip-corrupt");
        Dataset rest = images.without(corrupt).dataset();
        assertThat(rest.labels().toLongs()).containsExactly(0, 1);
        assertUnreadable(
                () -> images.without(corrupt)
                        .without(List.of(
                                new ImageFolder.Corrupt(folder.resolve("a/good.png"), ""),
                                new ImageFolder.Corrupt(folder.resolve("b/good.jpg"), ""))),
                folder + ": none of its 2 images can be read");
    }

    private static BufferedImage noise(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < size * size; i++) {
            image.setRGB(i % size, i / size, (int) (Key.of(1).uniform(i) * 0xFFFFFF));
        }
        return image;
    }

    @Test
    void imagesOfDifferentSizes() throws IOException {
        write("a/1.png", plain(3, 2, 0xFFFFFF));
        write("a/2.png", plain(2, 2, 0xFFFFFF));
        assertUnreadable(
                () -> ImageFolder.of(folder).dataset(),
                folder + ": its images differ in size: a/1.png is 2×3, a/2.png is 2×2; give them one size, as in"
                        + " images:FOLDER@32x32");
        assertThat(ImageFolder.of(folder).resized(4, 5).dataset().features().type())
                .hasToString("f32[2,3,4,5]");
    }

    @Test
    void foldersWithoutClasses() throws IOException {
        Path absent = folder.resolve("absent");
        assertUnreadable(() -> ImageFolder.of(absent), absent + ": no such folder");
        assertUnreadable(
                () -> ImageFolder.of(folder),
                folder + ": has no sub-folders; expected is one for each class, with its images");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertUnreadable(
                () -> ImageFolder.of(folder), empty + ": holds no PNG or JPEG files, so its class has no examples");
        Path file = Files.writeString(folder.resolve("f"), "");
        assertUnreadable(() -> ImageFolder.of(file), file + ": is a file, not a folder");
    }

    @Test
    void imagesInTheFolderItselfHaveNoClass() throws IOException {
        assertThat(ImageFolder.unlabelled(folder)).isEmpty();
        Path first = write("1.png", plain(3, 2, 0xFFFFFF));
        Path bad = Files.writeString(folder.resolve("2.png"), "no image");
        ImageFolder images = ImageFolder.unlabelled(folder).orElseThrow();
        assertThat(images.classNames()).containsExactly("?");
        assertThat(images.file(0)).isEqualTo(first);
        assertThat(images.corrupt()).map(ImageFolder.Corrupt::file).containsExactly(bad);
        DataSource.Images readable = new DataSource.Images(folder, Optional.empty()).withoutCorrupt();
        assertThat(readable.leftOut()).hasSize(1);
        assertThat(readable.unlabelled().features().type()).hasToString("f32[1,3,2,3]");
        write("a/1.png", plain(3, 2, 0xFFFFFF));
        assertThat(ImageFolder.unlabelled(folder)).isEmpty();
    }
}
