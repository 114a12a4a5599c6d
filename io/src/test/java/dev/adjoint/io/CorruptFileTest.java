package dev.adjoint.io;

import static dev.adjoint.io.SafetensorsBytes.entry;
import static dev.adjoint.io.SafetensorsBytes.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every way in which a file can break the format, with what is said about it.
class CorruptFileTest {
    private static final int[] FOUR = {0, 0, 0, 0};
    private static final int[] EIGHT = {0, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    Path folder;

    private void assertCorrupt(byte[] bytes, String message) throws IOException {
        Path file = Files.write(folder.resolve("w.safetensors"), bytes);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(CorruptFile.class)
                .hasMessage(file + ": " + message);
    }

    private void assertCorrupt(String header, int[] data, String message) throws IOException {
        assertCorrupt(SafetensorsBytes.of(header, data), message);
    }

    @Test
    void theFormOfTheseFilesIsReadWhenItIsRight() throws IOException {
        Path file = folder.resolve("good.safetensors");
        Files.write(file, SafetensorsBytes.of(entry("F32", "[1]", "[0,4]"), FOUR));
        assertThat(Safetensors.read(file).tensors()).containsOnlyKeys("w");
    }

    @Test
    void truncatedBeforeTheHeader() throws IOException {
        assertCorrupt(new byte[0], "truncated: the file has 0 bytes, the length of the header alone takes 8");
        assertCorrupt(new byte[7], "truncated: the file has 7 bytes, the length of the header alone takes 8");
    }

    @Test
    void truncatedInTheHeader() throws IOException {
        byte[] whole = SafetensorsBytes.of(entry("F32", "[1]", "[0,4]"), FOUR);
        assertCorrupt(Arrays.copyOf(whole, 20), "truncated: the header has 54 bytes, but only 12 follow its length");
    }

    @Test
    void truncatedInTheData() throws IOException {
        assertCorrupt(entry("F32", "[1]", "[0,4]"), new int[3], "entry 'w' lies at bytes 0 to 4 of 3 bytes of data");
    }

    @Test
    void headersThatAreTooLong() throws IOException {
        byte[] braces = "{}".getBytes(StandardCharsets.US_ASCII);
        assertCorrupt(
                SafetensorsBytes.of(100_000_001, braces),
                "the header has 100000001 bytes; the format allows 100000000");
        assertCorrupt(
                SafetensorsBytes.of(100_000_000, braces),
                "truncated: the header has 100000000 bytes, but only 2 follow its length");
        assertCorrupt(
                SafetensorsBytes.of(Long.MAX_VALUE, braces),
                "the header has 9223372036854775807 bytes; the format allows 100000000");
        assertCorrupt(
                SafetensorsBytes.of(-1, braces),
                "the header has 18446744073709551615 bytes; the format allows 100000000");
    }

    @Test
    void headersThatAreNotJson() throws IOException {
        assertNotJson("hello".getBytes(StandardCharsets.UTF_8));
        assertNotJson("{\"w\":".getBytes(StandardCharsets.UTF_8));
        assertNotJson("{\"w\":{\"shape\":[1,}}".getBytes(StandardCharsets.UTF_8));
        assertCorrupt(
                SafetensorsBytes.of(5, new byte[] {'{', '"', (byte) 0xff, '"', '}'}),
                "the header is not text in UTF-8");
        assertNotJson("{}".getBytes(StandardCharsets.UTF_16LE));
        assertNotJson("{} x".getBytes(StandardCharsets.UTF_8));
        assertNotJson(new byte[64]);
        assertCorrupt("", new int[0], "the header is not a JSON object");
        assertCorrupt("[1]", new int[0], "the header is not a JSON object");
        assertCorrupt("{}{}", new int[0], "the header goes on after the end of its JSON object");
    }

    private void assertNotJson(byte[] header) throws IOException {
        Path file = Files.write(folder.resolve("x.safetensors"), SafetensorsBytes.of(header.length, header, FOUR));
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(CorruptFile.class)
                .hasMessageStartingWith(file + ": the header is not JSON: ")
                .satisfies(error ->
                        assertThat(error.getMessage()).hasSizeLessThan(400).doesNotContain("\n"));
    }

    @Test
    void headersThatAreDeepOrFull() throws IOException {
        assertCorrupt("[".repeat(100_000), FOUR, "the header is not a JSON object");
        assertCorrupt("{\"w\":" + "[".repeat(1_000_000), FOUR, "entry 'w' is not an object");
        assertCorrupt(
                "{\"w\":{\"shape\":" + "[".repeat(1_000_000), FOUR, "entry 'w' shape holds what is not an integer");
        assertNotJson(("{\"w\":{\"shape\":[" + "9".repeat(100_000)).getBytes(StandardCharsets.US_ASCII));
        assertCorrupt(
                entry("F32", "[" + "1,".repeat(200_000) + "1]", "[0,4]"),
                FOUR,
                "entry 'w' shape holds more than 64 numbers");
    }

    @Test
    void duplicateKeys() throws IOException {
        String fields = fields("F32", "[1]", "[0,4]");
        assertCorrupt("{\"w\":" + fields + ",\"w\":" + fields + "}", FOUR, "entry 'w' occurs twice in the header");
        assertCorrupt(
                "{\"__metadata__\":{},\"__metadata__\":{}}",
                new int[0],
                "entry '__metadata__' occurs twice in the header");
        assertCorrupt(
                "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", new int[0], "entry '__metadata__' 'k' occurs twice");
        assertCorrupt(
                "{\"w\":{\"shape\":[1],\"shape\":[1],\"dtype\":\"F32\",\"data_offsets\":[0,4]}}",
                FOUR,
                "entry 'w' shape occurs twice");
    }

    @Test
    void typesThatAreNotRead() throws IOException {
        String supported = "; supported are F32, F64, BF16, F16, I8, U8, I32, I64, BOOL";
        assertCorrupt(entry("U16", "[2]", "[0,4]"), FOUR, "entry 'w' dtype 'U16' is not supported" + supported);
        assertCorrupt(entry("f32", "[1]", "[0,4]"), FOUR, "entry 'w' dtype 'f32' is not supported" + supported);
        assertCorrupt(entry("", "[1]", "[0,4]"), FOUR, "entry 'w' dtype '' is not supported" + supported);
        assertCorrupt(
                "{\"w\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,4]}}", FOUR, "entry 'w' dtype is not text");
    }

    @Test
    void entriesOfAnotherForm() throws IOException {
        assertCorrupt("{\"w\":1}", FOUR, "entry 'w' is not an object");
        assertCorrupt("{\"w\":{\"shape\":[1],\"data_offsets\":[0,4]}}", FOUR, "entry 'w' has no dtype");
        assertCorrupt("{\"w\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", FOUR, "entry 'w' has no shape");
        assertCorrupt("{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}}", FOUR, "entry 'w' has no data_offsets");
        assertCorrupt("{\"w\":{\"colour\":\"red\"}}", FOUR, "entry 'w' has an unknown field 'colour'");
        assertCorrupt("{\"__metadata__\":[]}", new int[0], "entry '__metadata__' is not an object");
        assertCorrupt("{\"__metadata__\":{\"k\":1}}", new int[0], "entry '__metadata__' 'k' is not text");
        assertCorrupt(entry("F32", "1", "[0,4]"), FOUR, "entry 'w' shape is not a list");
        assertCorrupt(entry("F32", "[1.0]", "[0,4]"), FOUR, "entry 'w' shape holds what is not an integer");
        assertCorrupt(entry("F32", "[null]", "[0,4]"), FOUR, "entry 'w' shape holds what is not an integer");
        assertCorrupt(entry("F32", "[1]", "[4]"), FOUR, "entry 'w' data_offsets needs two numbers");
        assertCorrupt(entry("F32", "[1]", "[0,4,4]"), FOUR, "entry 'w' data_offsets holds more than 2 numbers");
    }

    @Test
    void numbersThatAreNegativeOrOverflow() throws IOException {
        assertCorrupt(entry("F32", "[-1]", "[0,4]"), FOUR, "entry 'w' shape holds the negative number -1");
        assertCorrupt(entry("F32", "[1]", "[-4,0]"), FOUR, "entry 'w' data_offsets holds the negative number -4");
        assertCorrupt(
                entry("F32", "[9223372036854775808]", "[0,4]"), FOUR, "entry 'w' shape holds a number beyond 64 bits");
        assertCorrupt(
                entry("F32", "[4294967296,4294967296]", "[0,0]"),
                new int[0],
                "entry 'w' has the impossible shape [4294967296, 4294967296]");
        // 2⁶² elements of four bytes are 2⁶⁴ bytes, which is 0 in 64 bits.
        assertCorrupt(
                entry("F32", "[4611686018427387904]", "[0,0]"),
                new int[0],
                "entry 'w' holds 0 bytes, but f32[4611686018427387904] has 4611686018427387904 elements of 4 bytes");
        assertCorrupt(
                entry("F32", "[1]", "[9223372036854775800,9223372036854775804]"),
                FOUR,
                "entry 'w' lies at bytes 9223372036854775800 to 9223372036854775804 of 4 bytes of data");
    }

    @Test
    void shapesThatDoNotFitTheOffsets() throws IOException {
        assertCorrupt(
                entry("F32", "[2]", "[0,4]"), FOUR, "entry 'w' holds 4 bytes, but f32[2] has 2 elements of 4 bytes");
        assertCorrupt(
                entry("F64", "[]", "[0,4]"), FOUR, "entry 'w' holds 4 bytes, but f64[] has 1 elements of 8 bytes");
        assertCorrupt(
                entry("F32", "[1]", "[0,5]"),
                new int[5],
                "entry 'w' holds 5 bytes, but f32[1] has 1 elements of 4 bytes");
        assertCorrupt(entry("F32", "[1]", "[4,0]"), FOUR, "entry 'w' lies at bytes 4 to 0 of 4 bytes of data");
    }

    @Test
    void overlapsGapsAndTrailingBytes() throws IOException {
        String first = fields("F32", "[1]", "[0,4]");
        assertCorrupt(
                "{\"v\":" + first + ",\"w\":" + first + "}",
                EIGHT,
                "entry 'w' overlaps the entry before it: it begins at byte 0, not 4");
        assertCorrupt(
                "{\"w\":" + fields("F32", "[1]", "[2,6]") + ",\"v\":" + first + "}",
                EIGHT,
                "entry 'w' overlaps the entry before it: it begins at byte 2, not 4");
        assertCorrupt(
                "{\"v\":" + fields("BOOL", "[3]", "[0,3]") + ",\"w\":" + fields("F32", "[1]", "[4,8]") + "}",
                EIGHT,
                "entry 'w' leaves a gap before it: it begins at byte 4, not 3");
        assertCorrupt(
                entry("F32", "[1]", "[4,8]"), EIGHT, "entry 'w' leaves a gap before it: it begins at byte 4, not 0");
        assertCorrupt(entry("F32", "[1]", "[0,4]"), EIGHT, "4 bytes follow the last entry");
        assertCorrupt("{}", new int[1], "1 bytes follow the last entry");
    }

    @Test
    void truthValuesThatAreNeither() throws IOException {
        assertCorrupt(
                entry("BOOL", "[2]", "[0,2]"),
                new int[] {1, 255},
                "entry 'w' holds the truth value 255, which is neither 0 nor 1");
    }

    @Test
    void namesAreShownInOneShortLine() throws IOException {
        assertCorrupt("{\"a\\nb\":1}", FOUR, "entry 'a\\u000ab' is not an object");
        assertCorrupt("{\"" + "n".repeat(10_000) + "\":1}", FOUR, "entry '" + "n".repeat(200) + "…' is not an object");
    }

    @Test
    void filesThatAreNotThere() {
        Path absent = folder.resolve("absent.safetensors");
        assertThatThrownBy(() -> Safetensors.read(absent))
                .isExactlyInstanceOf(FileFailure.class)
                .hasMessage(absent + ": no such file or folder");
        assertThatThrownBy(() -> Safetensors.read(folder))
                .isExactlyInstanceOf(FileFailure.class)
                .hasMessage(folder + ": is a folder, not a file");
    }
}
