package dev.adjoint.io;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.OneLine;
import dev.adjoint.tensor.TensorType;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The header of a safetensors file: which tensors its bytes are.
///
/// @param entries in the order of their bytes
record Header(List<Entry> entries, Map<String, String> metadata) {
    /// The most bytes that the format allows.
    static final int LONGEST = 100_000_000;

    static final String METADATA = "__metadata__";
    static final int LENGTH_BYTES = 8;
    private static final int ALIGNMENT = 8;

    /// The reference implementation's order, so that the files are equal to the last byte.
    private static final List<DType> ORDER =
            List.of(DType.I64, DType.F64, DType.F32, DType.I32, DType.BF16, DType.F16, DType.I8, DType.U8, DType.BOOL);

    /// Places for these tensors: those with larger elements first, so that all are aligned, and by name among equals.
    static Header of(Map<String, TensorType> types, Map<String, String> metadata) {
        types.keySet().forEach(Header::requireName);
        metadata.forEach((key, value) -> {
            requireText(key);
            requireText(value);
        });
        List<Map.Entry<String, TensorType>> ordered = new ArrayList<>(types.entrySet());
        ordered.sort(Comparator.comparingInt((Map.Entry<String, TensorType> tensor) ->
                        ORDER.indexOf(tensor.getValue().dtype()))
                .thenComparing(Map.Entry.comparingByKey()));
        List<Entry> entries = new ArrayList<>();
        long end = 0;
        for (Map.Entry<String, TensorType> tensor : ordered) {
            long begin = end;
            end = Math.addExact(begin, tensor.getValue().bytes());
            entries.add(new Entry(tensor.getKey(), tensor.getValue(), begin, end));
        }
        return new Header(entries, new TreeMap<>(metadata));
    }

    private static void requireName(String name) {
        requireText(name);
        if (name.equals(METADATA)) {
            throw new InvalidArgument("a tensor cannot be called '" + METADATA + "' in a safetensors file");
        }
    }

    private static void requireText(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidArgument("'" + OneLine.of(text) + "' has half a surrogate pair, which UTF-8 cannot store");
        }
    }

    /// The header as JSON, padded with spaces so that the data that follow it are aligned.
    ///
    /// @throws InvalidArgument if it is longer than the format allows
    byte[] toBytes() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeName(METADATA);
                json.writeStartObject();
                metadata.forEach((key, value) -> json.writeName(key).writeString(value));
                json.writeEndObject();
            }
            entries.forEach(entry -> write(entry, json));
            json.writeEndObject();
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(bytes, Math.ceilDiv(bytes.length, ALIGNMENT) * ALIGNMENT);
        Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
        if (padded.length > LONGEST) {
            throw new InvalidArgument(
                    "the header would take " + padded.length + " bytes; a safetensors file allows " + LONGEST);
        }
        return padded;
    }

    private static void write(Entry entry, JsonGenerator json) {
        json.writeName(entry.name());
        json.writeStartObject();
        json.writeName("dtype").writeString(nameOf(entry.type().dtype()));
        json.writeName("shape").writeStartArray();
        for (long dim : entry.type().shape().dims()) {
            json.writeNumber(dim);
        }
        json.writeEndArray();
        json.writeName("data_offsets").writeStartArray();
        json.writeNumber(entry.begin()).writeNumber(entry.end());
        json.writeEndArray();
        json.writeEndObject();
    }

    /// What the format calls an element type: as Java does, in capitals.
    private static String nameOf(DType dtype) {
        return dtype.name();
    }
}
