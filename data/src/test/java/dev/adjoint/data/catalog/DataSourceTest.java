package dev.adjoint.data.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.Split;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.data.idx.IdxBytes;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSourceTest {
    @TempDir
    Path folder;

    private static Description describe(String name) {
        return Description.of(DataSource.parse(name));
    }

    private void image(String name, int width) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(new BufferedImage(width, 2, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    @Test
    void everyListedSetOpensAsListed() {
        for (CatalogEntry entry : CatalogEntry.all()) {
            DataSource source = DataSource.parse(entry.name());
            if (entry.origin() == CatalogEntry.Origin.DOWNLOAD) {
                assertThat(source).isInstanceOf(DataSource.Downloaded.class);
            } else {
                Dataset dataset = source.dataset();
                assertThat(dataset.name()).isEqualTo(entry.name());
                assertThat(dataset.size()).isEqualTo(entry.examples());
                assertThat(source.split(0.2, Key.of(0)).test().size())
                        .isEqualTo((int) Math.round(0.2 * entry.examples()));
            }
        }
        assertThat(CatalogEntry.all()).map(CatalogEntry::name).containsExactlyInAnyOrderElementsOf(DataNames.known());
    }

    @Test
    void kindsAreToldByPrefixOrEnding() {
        assertThat(DataSource.parse("csv:a/b.txt")).isEqualTo(new DataSource.CsvFile(Path.of("a/b.txt")));
        assertThat(DataSource.parse("a/b.CSV.gz")).isEqualTo(new DataSource.CsvFile(Path.of("a/b.CSV.gz")));
        assertThat(DataSource.parse("idx:a")).isInstanceOf(DataSource.IdxFiles.class);
        assertThat(DataSource.parse("text:a.txt")).isEqualTo(new DataSource.Text(Path.of("a.txt")));
        assertThat(DataSource.parse("images:a@b")).isEqualTo(new DataSource.Images(Path.of("a@b"), Optional.empty()));
        assertThat(DataSource.parse("images:a@28x32"))
                .isEqualTo(new DataSource.Images(Path.of("a"), Optional.of(new DataSource.Images.Size(28, 32))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            digist    | no data set is called 'digist'; did you mean 'digits'?
            moon      | no data set is called 'moon'; did you mean 'moons'?
            cvs:a     | no kind of data is called 'cvs'; did you mean 'csv'?
            csv:      | csv: needs a file, as in csv:FILE
            images:   | images: needs a folder, as in images:FOLDER
            images:a@0x3 | images: the size must be at least 1x1, not 0x3
            """)
    void namesThatMeanNothing(String name, String message) {
        assertThatThrownBy(() -> DataSource.parse(name))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(message);
    }

    @Test
    void allNamesAreShownWhereNoneIsNear() {
        assertThatThrownBy(() -> DataSource.parse("zzzzzzz"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("no data set is called 'zzzzzzz'; known: blobs, breast-cancer, circles, digits,"
                        + " fashion-mnist, iris, mnist, moons, sines, spirals, wine, xor, csv:FILE, idx:FOLDER,"
                        + " images:FOLDER, text:FILE");
        assertThatThrownBy(() -> DataSource.parse("csv:nul\0"))
                .isInstanceOf(UnreadableData.class)
                .hasMessage("nul\\u0000: is not a file name");
    }

    @Test
    void whatIsNotThereYetTellsTheWayOut() {
        assertThatThrownBy(() -> DataSource.parse("mnist").dataset())
                .isInstanceOf(UnreadableData.class)
                .hasMessage(
                        Path.of("datasets", "mnist") + ": no such folder; 'adjoint data fetch mnist' brings mnist, and"
                                + " if it is elsewhere, it is called idx:FOLDER");
        assertThatThrownBy(() -> DataSource.parse("text:a.txt").dataset())
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("text:a.txt is text, which has no labelled examples; a model of language takes it");
    }

    @Test
    void tablesAreDescribedByColumns() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "x,c,y\n1,a,yes\n,b,no\n4,?,no\n");
        Description table = describe("csv:" + file);
        assertThat(table.kind()).isEqualTo("table");
        assertThat(table.examples()).isEqualTo(3);
        assertThat(table.type()).isEqualTo("f32[3,3]");
        assertThat(table.classes())
                .containsExactly(new Description.ClassCount("no", 2), new Description.ClassCount("yes", 1));
        assertThat(table.columns())
                .containsExactly(
                        new ColumnFacts(
                                "x", "number", OptionalDouble.of(1), OptionalDouble.of(4), OptionalDouble.of(2.5), 1),
                        ColumnFacts.category("c", 2, 1));
        assertThat(describe("iris").columns()).hasSize(4);
        assertThat(describe("sines").columns()).map(ColumnFacts::name).containsExactly("all features");
    }

    @Test
    void idxFilesAreDescribedWithTheirParts() throws IOException {
        IdxBytes.part(folder, "train", 0, 1, 1);
        IdxBytes.part(folder, "t10k", 1);
        Description idx = describe("idx:" + folder);
        assertThat(idx.kind()).isEqualTo("images");
        assertThat(idx.type()).isEqualTo("f32[4,1,1,2]");
        assertThat(idx.notes()).containsEntry("parts", "3 training examples, 1 test examples");
        assertThat(idx.columns().getFirst().most()).hasValue(1);
        Split split = DataSource.parse("idx:" + folder).split(0.5, Key.of(0));
        assertThat(split.train().size()).isEqualTo(3);
        Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
        assertThat(DataSource.parse("idx:" + folder)
                        .split(0.34, Key.of(0))
                        .train()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void corruptImagesAreCountedInTheDescription() throws IOException {
        image("a/1.png", 3);
        image("b/2.png", 3);
        Path bad = Files.writeString(folder.resolve("b/3.png"), "no image");
        Description images = describe("images:" + folder);
        assertThat(images.examples()).isEqualTo(2);
        assertThat(images.type()).isEqualTo("f32[2,3,2,3]");
        assertThat(images.notes()).containsEntry("corrupt", "1: " + bad + ": is neither PNG nor JPEG");
        image("b/3.png", 4);
        assertThat(describe("images:" + folder + "@5x5").type()).isEqualTo("f32[3,3,5,5]");
    }

    @Test
    void textIsCounted() throws IOException {
        Path file = Files.writeString(folder.resolve("t.txt"), "To be, or\nnot  to be 🐈\n");
        Description text = describe("text:" + file);
        assertThat(text.examples()).isEqualTo(23);
        assertThat(text.notes())
                .containsEntry("lines", "2")
                .containsEntry("words", "7")
                .containsEntry("different characters", "11");
    }
}
