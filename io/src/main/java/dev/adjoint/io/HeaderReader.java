package dev.adjoint.io;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.OneLine;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads the JSON of a header token by token, so that no JSON, however deep or long, takes more than its entries do.
final class HeaderReader {
    private static final int DEEPEST = 8;
    private static final int HIGHEST_RANK = 64;
    private static final String SUPPORTED =
            Arrays.stream(DType.values()).map(DType::name).collect(Collectors.joining(", "));

    private final Path file;
    private final JsonParser json;

    private HeaderReader(Path file, JsonParser json) {
        this.file = file;
        this.json = json;
    }

    /// The entries in the order of the JSON; whether their places fit together is not checked here.
    ///
    /// @throws CorruptFile if the bytes are not JSON in the form of a header
    static Header read(Path file, byte[] bytes) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(Header.LONGEST)
                        .build())
                .build();
        // A strict decoder: by itself the parser would also accept UTF-16 and UTF-32.
        Reader text = new InputStreamReader(
                new ByteArrayInputStream(bytes),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), text)) {
            return new HeaderReader(file, json).header();
        } catch (JacksonException e) {
            String reason = e.getCause() instanceof CharacterCodingException
                    ? "the header is not text in UTF-8"
                    : "the header is not JSON: " + OneLine.of(String.valueOf(e.getOriginalMessage()));
            throw new CorruptFile(file, reason, e);
        }
    }

    private Header header() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new CorruptFile(file, "the header is not a JSON object");
        }
        List<Entry> entries = new ArrayList<>();
        Map<String, String> metadata = Map.of();
        Set<String> names = new HashSet<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (!names.add(name)) {
                throw new CorruptFile(file, "entry '" + OneLine.of(name) + "' occurs twice in the header");
            }
            if (name.equals(Header.METADATA)) {
                metadata = metadata();
            } else {
                entries.add(entry(name));
            }
        }
        if (json.nextToken() != null) {
            throw new CorruptFile(file, "the header goes on after the end of its JSON object");
        }
        return new Header(entries, metadata);
    }

    private Map<String, String> metadata() {
        require(Header.METADATA, json.nextToken() == JsonToken.START_OBJECT, "is not an object");
        Map<String, String> metadata = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            String place = "'" + OneLine.of(key) + "'";
            require(Header.METADATA, json.nextToken() == JsonToken.VALUE_STRING, place + " is not text");
            require(Header.METADATA, metadata.put(key, json.getString()) == null, place + " occurs twice");
        }
        return metadata;
    }

    private Entry entry(String name) {
        require(name, json.nextToken() == JsonToken.START_OBJECT, "is not an object");
        List<DType> dtypes = new ArrayList<>();
        List<List<Long>> shapes = new ArrayList<>();
        List<List<Long>> offsets = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> dtypes.add(dtype(name));
                case "shape" -> shapes.add(numbers(name, field, HIGHEST_RANK));
                case "data_offsets" -> offsets.add(numbers(name, field, 2));
                default -> throw corrupt(name, "has an unknown field '" + OneLine.of(field) + "'");
            }
        }
        List<Long> range = only(name, "data_offsets", offsets);
        require(name, range.size() == 2, "data_offsets needs two numbers");
        TensorType type = type(name, only(name, "dtype", dtypes), only(name, "shape", shapes));
        return new Entry(name, type, range.get(0), range.get(1));
    }

    private <T> T only(String name, String field, List<T> values) {
        require(name, !values.isEmpty(), "has no " + field);
        require(name, values.size() == 1, field + " occurs twice");
        return values.getFirst();
    }

    private TensorType type(String name, DType dtype, List<Long> shape) {
        try {
            return new TensorType(dtype, Shape.of(shape));
        } catch (InvalidArgument e) {
            throw corrupt(name, "has the impossible shape " + shape);
        }
    }

    private DType dtype(String name) {
        require(name, json.currentToken() == JsonToken.VALUE_STRING, "dtype is not text");
        String wanted = json.getString();
        return Arrays.stream(DType.values())
                .filter(dtype -> dtype.name().equals(wanted))
                .findAny()
                .orElseThrow(() -> corrupt(
                        name, "dtype '" + OneLine.of(wanted) + "' is not supported; supported are " + SUPPORTED));
    }

    private List<Long> numbers(String name, String field, int most) {
        require(name, json.currentToken() == JsonToken.START_ARRAY, field + " is not a list");
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(name, json.currentToken() == JsonToken.VALUE_NUMBER_INT, field + " holds what is not an integer");
            require(
                    name,
                    json.getNumberType() != JsonParser.NumberType.BIG_INTEGER,
                    field + " holds a number beyond 64 bits");
            require(name, json.getLongValue() >= 0, field + " holds the negative number " + json.getLongValue());
            require(name, numbers.size() < most, field + " holds more than " + most + " numbers");
            numbers.add(json.getLongValue());
        }
        return numbers;
    }

    private void require(String name, boolean holds, String otherwise) {
        if (!holds) {
            throw corrupt(name, otherwise);
        }
    }

    private CorruptFile corrupt(String name, String what) {
        return new CorruptFile(file, "entry '" + OneLine.of(name) + "' " + what);
    }
}
