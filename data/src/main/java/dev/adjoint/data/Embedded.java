package dev.adjoint.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// The tables that lie beside this class inside the module.
final class Embedded {
    private static final Csv ROWS = Csv.table().header(Csv.Header.ABSENT);

    private Embedded() {}

    /// A table whose first line is `rows,features,class names…`.
    static Dataset table(String name) {
        try (BufferedReader text =
                new BufferedReader(new InputStreamReader(open(name + ".csv"), StandardCharsets.UTF_8))) {
            String[] first = String.valueOf(text.readLine()).split(",");
            List<String> classes = Arrays.asList(first).subList(2, first.length);
            return ROWS.classes(classes).parse(name, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A compressed table of examples alone.
    static Dataset compressed(String name, List<String> classes) {
        try (InputStream bytes = open(name + ".csv.gz");
                InputStreamReader text = new InputStreamReader(new GZIPInputStream(bytes), StandardCharsets.UTF_8)) {
            return ROWS.classes(classes).parse(name, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        InputStream bytes = Embedded.class.getResourceAsStream(file);
        if (bytes == null) {
            throw new UnreadableData(file + ": missing from the module dev.adjoint.data; is the jar complete?");
        }
        return bytes;
    }
}
