package dev.adjoint.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bytes written by hand from the description of the format, and everything that must come back as it went.
class SafetensorsFormatTest {
    /// The header of [#GOLDEN], 148 characters and four spaces.
    private static final String HEADER = "{\"__metadata__\":{\"by\":\"hand\"},"
            + "\"a.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"mask\":{\"dtype\":\"BOOL\",\"shape\":[1,3],\"data_offsets\":[8,11]}}";

    /// 152 as eight bytes; the header; 1.5 and −2 in binary32; true, false, true: all with the low byte first.
    private static final String GOLDEN = "9800000000000000"
            + HexFormat.of().formatHex((HEADER + "    ").getBytes(StandardCharsets.US_ASCII))
            + "0000c03f" + "000000c0"
            + "010001";

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("t.safetensors");
    }

    private static Map<String, Array> golden() {
        Map<String, Array> tensors = new LinkedHashMap<>();
        tensors.put("mask", Array.of(TensorType.of(DType.BOOL, 1, 3), Elements.wrap(DType.BOOL, new byte[] {1, 0, 1})));
        tensors.put("a.bias", Array.of(1.5f, -2f));
        return tensors;
    }

    @Test
    void writesTheBytesOfTheFormat() throws IOException {
        Safetensors.write(file(), golden(), Map.of("by", "hand"));
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file()))).isEqualTo(GOLDEN);
    }

    /// The larger types first; bit patterns of 1 and −2, and of 200 as an unsigned byte.
    @Test
    void storesNarrowTypesInTheirBytes() throws IOException {
        Tensor pair = Array.of(1f, -2f);
        Map<String, Array> tensors = Map.of(
                "bytes", Array.of(Array.of(200, 7).to(DType.U8)),
                "signed", Array.of(pair.to(DType.I8)),
                "half", Array.of(pair.to(DType.F16)),
                "brain", Array.of(pair.to(DType.BF16)));
        Safetensors.write(file(), tensors, Map.of());
        String bytes = HexFormat.of().formatHex(Files.readAllBytes(file()));
        assertThat(bytes).endsWith("803f00c0" + "003c00c0" + "01fe" + "c807");
        assertThat(Safetensors.read(file()).tensors()).isEqualTo(tensors);
        assertThat(Array.of(Array.of(200, 7).to(DType.U8)).toLongs()).containsExactly(200, 7);
    }

    @Test
    void readsTheBytesOfTheFormat() throws IOException {
        Files.write(file(), HexFormat.of().parseHex(GOLDEN));
        TensorFile read = Safetensors.read(file());
        assertThat(read.tensors()).isEqualTo(golden());
        assertThat(read.tensors().keySet()).containsExactly("a.bias", "mask");
        assertThat(read.metadata()).isEqualTo(Map.of("by", "hand"));
    }

    /// Other writers choose other orders and spaces; the file of the specification's example has its fields in this
    /// order.
    @Test
    void readsWhatOthersWrite() throws IOException {
        String header = "{\n \"b\" : {\"data_offsets\":[4,4], \"shape\":[0,7], \"dtype\":\"F64\"},"
                + "\"\\u00e9\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[0,4]}}\n\t ";
        Files.write(file(), SafetensorsBytes.of(header, 0xff, 0xff, 0xff, 0xff));
        TensorFile read = Safetensors.read(file());
        assertThat(read.tensors().keySet()).containsExactly("é", "b");
        assertThat(read.tensors().get("é")).isEqualTo(Array.scalar(DType.I32, -1));
        assertThat(read.tensors().get("b").type()).hasToString("f64[0,7]");
        assertThat(read.metadata()).isEmpty();
    }

    /// The header was printed from what safetensors 0.8.0 for Python makes of the same tensors.
    @Test
    void writesTheHeaderOfTheReferenceImplementation() throws IOException {
        Map<String, Array> tensors = Map.of(
                "a.bias", Array.of(1.5f, -2f),
                "mask", Array.of(true, false, true),
                "d", Array.of(3.25),
                "i", Array.of(7L, -1L),
                "e", Array.zeros(DType.I32, 0, 3),
                "s", Array.scalar(2f),
                "é\"", Array.of(1, 2));
        Safetensors.write(file(), tensors, Map.of("m", "ü"));
        String expected = """
                {"__metadata__":{"m":"ü"},\
                "i":{"dtype":"I64","shape":[2],"data_offsets":[0,16]},\
                "d":{"dtype":"F64","shape":[1],"data_offsets":[16,24]},\
                "a.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]},\
                "s":{"dtype":"F32","shape":[],"data_offsets":[32,36]},\
                "e":{"dtype":"I32","shape":[0,3],"data_offsets":[36,36]},\
                "é\\"":{"dtype":"I32","shape":[2],"data_offsets":[36,44]},\
                "mask":{"dtype":"BOOL","shape":[3],"data_offsets":[44,47]}}""";
        byte[] header = expected.getBytes(StandardCharsets.UTF_8);
        assertThat(Arrays.copyOfRange(Files.readAllBytes(file()), 8, 8 + header.length))
                .isEqualTo(header);
    }

    @Test
    void everyTypeComesBackBitForBit() {
        float[] floats = {
            0,
            -0f,
            Float.MIN_VALUE,
            Float.MAX_VALUE,
            Float.NEGATIVE_INFINITY,
            0.1f,
            Float.intBitsToFloat(0x7fc00001),
            Float.intBitsToFloat(0xffa00002)
        };
        double[] doubles = {
            0,
            -0.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            0.1,
            Double.longBitsToDouble(0x7ff8000000000001L),
            Double.longBitsToDouble(0xfff4000000000002L)
        };
        Map<String, Array> tensors = Map.of(
                "f32", Array.of(TensorType.of(DType.F32, 2, 4), Elements.wrap(floats)),
                "f64", Array.of(TensorType.of(DType.F64, 4, 2), Elements.wrap(doubles)),
                "i32", Array.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE),
                "i64", Array.of(0, -1, Long.MIN_VALUE, Long.MAX_VALUE),
                "bool", Array.of(true, false),
                "scalar", Array.scalar(3.5),
                "empty", Array.zeros(DType.I64, 3, 0, 2),
                "", Array.of(1f));
        Safetensors.write(file(), tensors, Map.of());
        Map<String, Array> read = Safetensors.read(file()).tensors();
        assertThat(read).isEqualTo(tensors);
        float[] sameFloats = read.get("f32").elements().floats();
        double[] sameDoubles = read.get("f64").elements().doubles();
        // Equality of arrays takes all NaNs for one.
        for (int i = 0; i < 8; i++) {
            assertThat(Float.floatToRawIntBits(sameFloats[i])).isEqualTo(Float.floatToRawIntBits(floats[i]));
            assertThat(Double.doubleToRawLongBits(sameDoubles[i])).isEqualTo(Double.doubleToRawLongBits(doubles[i]));
        }
    }

    @Test
    void tensorsLongerThanOnePieceComeBack() {
        double[] numbers = new double[100_001];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.sin(i);
        }
        Map<String, Array> tensors = Map.of("long", Array.of(numbers), "none", Array.of(new float[0]));
        Safetensors.write(file(), tensors, Map.of());
        assertThat(Safetensors.read(file()).tensors()).isEqualTo(tensors);
    }

    @Test
    void noTensorsAtAll() throws IOException {
        Safetensors.write(file(), Map.of(), Map.of());
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file()))).isEqualTo("08000000000000007b7d202020202020");
        assertThat(Safetensors.read(file())).isEqualTo(new TensorFile(Map.of(), Map.of()));
    }

    @Test
    void namesAndMetadataAreAnyText() {
        Map<String, Array> tensors = Map.of("a \"b\"\\\n\u0001", Array.of(1f), "ключ 🔑", Array.of(2f));
        Map<String, String> metadata = Map.of("\t", "\"", "empty", "", "π", "3.14\n…");
        Safetensors.write(file(), tensors, metadata);
        assertThat(Safetensors.read(file())).isEqualTo(new TensorFile(tensors, metadata));
    }

    @Test
    void dataAreAlignedAndTheOrderOfTheMapDoesNotMatter() throws IOException {
        SequencedMap<String, Array> tensors = new LinkedHashMap<>();
        tensors.put("a", Array.of(true, true, true));
        tensors.put("b", Array.of(1f));
        tensors.put("d", Array.of(2.0));
        tensors.put("c", Array.of(3L));
        Safetensors.write(file(), tensors, Map.of("x", "1", "y", "2"));
        byte[] bytes = Files.readAllBytes(file());
        assertThat(bytes.length - (8 + 8 + 4 + 3)).as("where the data begin").isEqualTo(8 + bytes[0] + (bytes[1] << 8));
        assertThat((8 + bytes[0]) % 8).isZero();
        assertThat(Safetensors.read(file()).tensors().keySet()).containsExactly("c", "d", "b", "a");
        Safetensors.write(file(), tensors.reversed(), new LinkedHashMap<>(Map.of("y", "2", "x", "1")));
        assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
    }
}
