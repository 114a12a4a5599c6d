package dev.adjoint.cli.text;

import java.io.PrintStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// One JSON object on one line. Numbers that JSON does not have become the texts `"NaN"`, `"Infinity"` and `"-Infinity"`;
/// an absent value becomes `null`.
public final class Json {
    private Json() {}

    /// Prints an object whose values are maps, lists, numbers, booleans, texts and optional values.
    public static void print(PrintStream out, Map<String, ?> object) {
        out.println(text(object));
    }

    /// The object as text.
    public static String text(Map<String, ?> object) {
        StringWriter text = new StringWriter();
        // The streaming writer alone: databind would take longer to start than most commands take to run.
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, object);
        }
        return text.toString();
    }

    /// A text that is absent if it is empty.
    public static Optional<String> orNull(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((name, member) -> {
                    json.writeName(name.toString());
                    write(json, member);
                });
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(element -> write(json, element));
                json.writeEndArray();
            }
            case Optional<?> optional -> optional.ifPresentOrElse(present -> write(json, present), json::writeNull);
            case Double number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            default -> json.writeString(value.toString());
        }
    }
}
