package dev.adjoint.data.catalog;

import dev.adjoint.data.text.Characters;
import java.util.List;
import java.util.Map;

/// The description of a text.
final class TextDescription {
    private TextDescription() {}

    static Description of(DataSource.Text source) {
        String text = source.read();
        int characters = text.codePointCount(0, text.length());
        Map<String, String> notes = Map.of(
                "lines", Long.toString(text.lines().count()),
                "words", Integer.toString(words(text)),
                "different characters", Integer.toString(Characters.of(text).size()));
        String name = String.valueOf(source.file().getFileName());
        return new Description(name, "text", characters, "", List.of(), List.of(), notes);
    }

    /// Runs of characters that are no spaces.
    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            words += !space && !inside ? 1 : 0;
            inside = !space;
        }
        return words;
    }
}
