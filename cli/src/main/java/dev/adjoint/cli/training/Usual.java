package dev.adjoint.cli.training;

import dev.adjoint.tensor.Shape;
import java.util.Map;

/// What is usual for a kind of training, where nothing else is said.
enum Usual {
    /// Labelled images.
    IMAGES(Map.of(
            Setting.OPTIMIZER, "adam",
            Setting.LR, "0.004",
            Setting.EPOCHS, "40",
            Setting.WEIGHT_DECAY, "1.0E-4",
            Setting.CLIP_NORM, "0.0",
            Setting.AUGMENT, "rotate=5,scale=0.1")),

    /// Rows of a table, which are few and quickly seen.
    TABLES(Map.of(
            Setting.OPTIMIZER, "adam",
            Setting.LR, "0.02",
            Setting.EPOCHS, "150",
            Setting.WEIGHT_DECAY, "0.005",
            Setting.CLIP_NORM, "0.0",
            Setting.AUGMENT, "none")),

    /// Text, a character at a time. A transformer learns nothing if it begins at the full rate; how long the rate rises is a
    /// share of the steps, as there are few for a short text.
    TEXT(Map.of(
            Setting.OPTIMIZER, "adamw",
            Setting.SCHEDULE, "one-cycle,rising=0.1",
            Setting.LR, "0.002",
            Setting.EPOCHS, "3",
            Setting.BATCH, "16",
            Setting.WEIGHT_DECAY, "0.01",
            Setting.CLIP_NORM, "1.0",
            Setting.AUGMENT, "none"));

    private static final Map<Setting, String> BOTH = Map.of(
            Setting.DATA, "digits",
            Setting.SCHEDULE, "cosine",
            Setting.BATCH, "32",
            Setting.SEED, "1",
            Setting.ACCUMULATE, "1",
            Setting.EMA, "0.0",
            Setting.PRECISION, "f32");

    @SuppressWarnings("ImmutableEnumChecker") // Map.of made it
    private final Map<Setting, String> own;

    Usual(Map<Setting, String> own) {
        this.own = own;
    }

    /// The kind of labelled examples of a shape.
    static Usual of(Shape example) {
        return example.rank() == 3 ? IMAGES : TABLES;
    }

    /// The usual texts of a setting, for help; empty if there are none.
    static String all(Setting setting) {
        String images = IMAGES.text(setting);
        String tables = TABLES.text(setting);
        String ofText = TEXT.text(setting);
        boolean alike = images.equals(tables) && images.equals(ofText);
        return alike ? images : images + "; tables: " + tables + "; text: " + ofText;
    }

    /// The usual text of a setting; empty if it is usually not set, or the rest decides.
    String text(Setting setting) {
        return own.getOrDefault(setting, BOTH.getOrDefault(setting, ""));
    }
}
