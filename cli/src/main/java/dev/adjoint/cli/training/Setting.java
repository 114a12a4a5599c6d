package dev.adjoint.cli.training;

import dev.adjoint.tensor.AdjointException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a run is made of: the same setting gives the same weights, bit for bit.
///
/// @param model the name of the network
/// @param data the name or file of the data set
/// @param epochs how often every training example is seen
/// @param batch examples per step
/// @param seed what all random numbers come from
public record Setting(String model, String data, long epochs, int batch, long seed) {
    /// The setting with another network.
    public Setting withModel(String other) {
        return new Setting(other, data, epochs, batch, seed);
    }

    /// The setting with another number of epochs.
    public Setting withEpochs(long other) {
        return new Setting(model, data, other, batch, seed);
    }

    /// The setting as free text by name, as it stands in the run's files.
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("model", model);
        texts.put("data", data);
        texts.put("epochs", Long.toString(epochs));
        texts.put("batch", Integer.toString(batch));
        texts.put("seed", Long.toString(seed));
        return texts;
    }

    /// The setting in the free text of a file.
    ///
    /// @throws AdjointException if a part is missing or is no number
    public static Setting of(Map<String, String> texts, Path file) {
        try {
            return new Setting(
                    text(texts, "model", file),
                    text(texts, "data", file),
                    Long.parseLong(text(texts, "epochs", file)),
                    Integer.parseInt(text(texts, "batch", file)),
                    Long.parseLong(text(texts, "seed", file)));
        } catch (NumberFormatException e) {
            throw new AdjointException(file + ": the setting in its header is damaged: " + e.getMessage(), e);
        }
    }

    /// One part of the free text of a file.
    ///
    /// @throws AdjointException if it is missing
    static String text(Map<String, String> texts, String name, Path file) {
        String text = texts.get(name);
        if (text == null) {
            throw new AdjointException(file + ": was not written by 'adjoint train': its header has no '" + name + "'");
        }
        return text;
    }
}
