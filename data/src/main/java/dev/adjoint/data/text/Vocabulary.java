package dev.adjoint.data.text;

import dev.adjoint.tensor.InvalidArgument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Texts and their places in a list.
final class Vocabulary {
    private final List<String> entries;
    private final Map<String, Integer> places = new HashMap<>();

    /// @throws InvalidArgument if the list is empty or a text is in it twice
    Vocabulary(List<String> entries) {
        this.entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new InvalidArgument("a tokenizer needs at least one token; the text is empty");
        }
        for (String entry : entries) {
            if (places.put(entry, places.size()) != null) {
                throw new InvalidArgument("the token '" + entry + "' is there twice");
            }
        }
    }

    List<String> entries() {
        return entries;
    }

    /// −1 if the text has none.
    int place(String text) {
        return places.getOrDefault(text, -1);
    }

    String entry(int token) {
        if (token < 0 || token >= entries.size()) {
            throw new InvalidArgument("there is no token " + token + "; tokens are 0 to " + (entries.size() - 1));
        }
        return entries.get(token);
    }
}
