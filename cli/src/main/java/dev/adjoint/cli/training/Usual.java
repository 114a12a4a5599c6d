package dev.adjoint.cli.training;

import java.util.Map;

/// What is usual for a kind of training, where nothing else is said.
enum Usual {
    /// Labelled examples: images and tables.
    EXAMPLES(Map.of(
            Setting.OPTIMIZER, "adam",
            Setting.LR, "0.002",
            Setting.EPOCHS, "20",
            Setting.WEIGHT_DECAY, "1.0E-4",
            Setting.CLIP_NORM, "0.0")),

    /// Text, a character at a time.
    TEXT(Map.of(
            Setting.OPTIMIZER, "adamw",
            Setting.LR, "0.003",
            Setting.EPOCHS, "5",
            Setting.WEIGHT_DECAY, "0.01",
            Setting.CLIP_NORM, "1.0"));

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

    /// The usual text of a setting; empty if it is usually not set, or the rest decides.
    String text(Setting setting) {
        return own.getOrDefault(setting, BOTH.getOrDefault(setting, ""));
    }
}
