package dev.adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.tensor.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @TempDir
    Path folder;

    private static Dataset parse(Csv csv, String text) {
        return csv.parse("t.csv", new StringReader(text));
    }

    private static void assertUnreadable(Csv csv, String text, String message) {
        assertThatThrownBy(() -> parse(csv, text))
                .isInstanceOf(UnreadableData.class)
                .hasMessage(message);
    }

    @Test
    void withoutHeaderTheLabelIsLast() {
        Dataset table = parse(Csv.table(), "1.5,-2,0\r\n3e-1, +4 ,1\n");
        assertThat(table.features().toFloats()).containsExactly(1.5f, -2, 0.3f, 4);
        assertThat(table.labels().toLongs()).containsExactly(0, 1);
        assertThat(table.classNames()).containsExactly("0", "1");
        assertThat(table.featureNames()).isEmpty();
    }

    @Test
    void aFirstLineWithoutNumbersIsAHeader() {
        Dataset table = parse(Csv.table(), "length,\"width, cm\",class\n1,2,0\n\n3,4,2");
        assertThat(table.featureNames()).containsExactly("length", "width, cm");
        assertThat(table.classNames()).containsExactly("0", "1", "2");
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void theLabelColumnIsFoundByName() {
        Dataset table =
                parse(Csv.table().labelColumn("class").classes(List.of("no", "yes")), "a,class,b\n1,1,2\n3,0,4\n");
        assertThat(table.featureNames()).containsExactly("a", "b");
        assertThat(table.features().toFloats()).containsExactly(1, 2, 3, 4);
        assertThat(table.labels().toLongs()).containsExactly(1, 0);
        assertThat(table.classNames()).containsExactly("no", "yes");
    }

    @Test
    void aHeaderOfNumbersMustBeAnnounced() {
        assertThat(parse(Csv.table().header(Csv.Header.PRESENT), "1,2\n7,0\n").size())
                .isEqualTo(1);
        assertThat(parse(Csv.table(), "1,2\n7,0\n").size()).isEqualTo(2);
    }

    @Test
    void numbersAreTheNearestOfTheirType() {
        String[] cells = {
            "0", "7", "0.1", ".5", "5.", "12.3456", "9999999", "1.000001", "16777217", "-0.3", "1e-45", "3.4e38"
        };
        for (String cell : cells) {
            assertThat(parse(Csv.table().header(Csv.Header.ABSENT), cell + ",0\n")
                            .features()
                            .toFloats())
                    .as(cell)
                    .containsExactly(new BigDecimal(cell).floatValue());
        }
    }

    @Test
    void emptyAndRaggedTables() {
        assertUnreadable(Csv.table(), "", "t.csv: is empty");
        assertUnreadable(Csv.table(), "\n\n", "t.csv: is empty");
        assertUnreadable(Csv.table(), "a,b\n", "t.csv: has a header but no examples");
        assertUnreadable(
                Csv.table(),
                "1\n2\n",
                "t.csv: line 1 has one column; a table needs at least one feature and the label");
        assertUnreadable(Csv.table(), "1,2,0\n1,0\n", "t.csv: line 2 has 2 columns, the lines before it have 3");
        assertUnreadable(Csv.table(), "a,b\n1,0\n\n1,2,0\n", "t.csv: line 4 has 3 columns, the lines before it have 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1.2.3", "NaN", "Infinity", "0x1p3", "1f", "1d", "--1", "e5", "1 2", "½", ".", "-"})
    void cellsThatAreNoNumbers(String cell) {
        assertUnreadable(
                Csv.table(), "1,2,0\n1," + cell + ",0\n", "t.csv: line 2, column 2: '" + cell + "' is not a number");
    }

    @Test
    void cellsAreShownInOneShortLine() {
        assertUnreadable(Csv.table(), "a,b\n,0\n", "t.csv: line 2, column 1 (a): the cell is empty");
        assertUnreadable(
                Csv.table(), "a,b\n1e39,0\n", "t.csv: line 2, column 1 (a): '1e39' is beyond the range of f32");
        assertUnreadable(
                Csv.table(),
                "a,b\n\"x\n\u0007y\",0\n",
                "t.csv: line 2, column 1 (a): 'x\\u000a\\u0007y' is not a number");
        assertUnreadable(
                Csv.table(),
                "1,0\n" + "z".repeat(1000) + ",0\n",
                "t.csv: line 2, column 1: '" + "z".repeat(40) + "…' is not a number");
    }

    @Test
    void labelsThatAreNoClasses() {
        assertUnreadable(
                Csv.table(), "a,b\n1,0\n1,0.5\n", "t.csv: line 3, column 2 (b): the label '0.5' is not an integer");
        assertUnreadable(Csv.table(), "1,0\n1,\n", "t.csv: line 2, column 2: the label '' is not an integer");
        assertUnreadable(
                Csv.table().classes(List.of("no", "yes")),
                "1,0\n1,2\n",
                "t.csv: line 2, column 2: the label 2 is outside the classes 0 to 1");
        assertUnreadable(
                Csv.table(), "1,0\n1,-1\n", "t.csv: line 2, column 2: the label -1 is outside the classes 0 to 65535");
        assertUnreadable(
                Csv.table(),
                "1,0\n1,9999999999\n",
                "t.csv: line 2, column 2: the label 9999999999 is outside the classes 0 to 65535");
    }

    @Test
    void unknownLabelColumn() {
        assertUnreadable(
                Csv.table().labelColumn("clas"),
                "length,class\n1,0\n",
                "t.csv: no column is called 'clas'; did you mean 'class'?");
        assertUnreadable(
                Csv.table().labelColumn("class"), "1,0\n", "t.csv: has no header, so no column is called 'class'");
        assertThatThrownBy(() -> Csv.table().labelColumn(" "))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("the label column needs a name that is not blank");
    }

    @Test
    void quotesThatDoNotClose() {
        assertThatThrownBy(() -> parse(Csv.table(), "1,0\n\"1,0\n"))
                .isInstanceOf(UnreadableData.class)
                .hasMessageStartingWith("t.csv: is not comma-separated text: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void readsFilesCompressedOrNot() throws IOException {
        Path plain = folder.resolve("a.csv");
        Path compressed = folder.resolve("b.CSV.GZ");
        Path marked = folder.resolve("c.csv");
        Files.writeString(plain, "1,0\n2,1\n");
        Files.write(compressed, gzip("1,0\n2,1\n"));
        Files.writeString(marked, "\uFEFF1,0\n2,1\n");
        assertThat(Csv.table().read(plain)).hasToString("a: 2 examples [1] in 2 classes");
        assertThat(Csv.table().read(compressed)).hasToString("b: 2 examples [1] in 2 classes");
        assertThat(Csv.table().read(marked)).hasToString("c: 2 examples [1] in 2 classes");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        Path absent = folder.resolve("absent.csv");
        assertUnreadable(absent, absent + ": no such file");
        assertUnreadable(folder, folder + ": is a folder, not a file");
        Path plain = Files.writeString(folder.resolve("plain.csv.gz"), "1,0\n2,1\n");
        assertUnreadable(plain, plain + ": is not gzip data");
        byte[] whole = gzip("1,0\n2,1\n".repeat(1000));
        Path cut = Files.write(folder.resolve("cut.csv.gz"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertUnreadable(cut, cut + ": cannot be read: Unexpected end of ZLIB input stream");
        Path wrong = Files.writeString(folder.resolve("wrong.csv"), "1,0\n2,x\n");
        assertUnreadable(wrong, wrong + ": line 2, column 2: the label 'x' is not an integer");
    }

    private static void assertUnreadable(Path file, String message) {
        assertThatThrownBy(() -> Csv.table().read(file))
                .isInstanceOf(UnreadableData.class)
                .hasMessage(message);
    }
}
