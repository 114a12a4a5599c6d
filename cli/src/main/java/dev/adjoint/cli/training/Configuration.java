package dev.adjoint.cli.training;

import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.InvalidArgument;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// The settings of a training by their texts. The same configuration gives the same weights, bit for bit.
///
/// @param given what was set
public record Configuration(Map<Setting, Given> given) {
    /// A text and where it was given: a flag, a line of a file.
    ///
    /// @param text in the one form of its kind
    /// @param place as a message begins that is about it
    public record Given(String text, String place) {}

    public Configuration {
        Map<Setting, Given> copy = new EnumMap<>(Setting.class);
        copy.putAll(given);
        given = Collections.unmodifiableMap(copy);
    }

    /// Nothing is set.
    public static Configuration empty() {
        return new Configuration(Map.of());
    }

    /// This configuration with one more setting.
    ///
    /// @param place where it was given
    /// @throws InvalidArgument if the text cannot be this setting's; the message begins with the place
    public Configuration with(Setting setting, String text, String place) {
        if (text.isBlank()) {
            throw new InvalidArgument(place + " must not be empty");
        }
        Map<Setting, Given> more = new LinkedHashMap<>(given);
        more.put(setting, new Given(canonical(setting, text, place), place));
        return new Configuration(more);
    }

    private static String canonical(Setting setting, String text, String place) {
        try {
            return setting.kind().read(text.strip());
        } catch (InvalidArgument e) {
            String reason = String.valueOf(e.getMessage());
            throw new InvalidArgument(place + (reason.startsWith("'") ? ": " : " ") + reason);
        }
    }

    /// This configuration with one more setting of the command line.
    public Configuration with(Setting setting, String text) {
        return with(setting, text, "--" + setting.label());
    }

    /// This configuration, and what is missing in it from another one.
    public Configuration or(Configuration other) {
        Map<Setting, Given> all = new LinkedHashMap<>(other.given);
        all.putAll(given);
        return new Configuration(all);
    }

    /// What was set, or nothing.
    public Optional<String> find(Setting setting) {
        return Optional.ofNullable(given.get(setting)).map(Given::text);
    }

    /// The text of a setting, or the usual one.
    String text(Setting setting, Usual usual) {
        return find(setting).orElseGet(() -> usual.text(setting));
    }

    /// The text of a setting that a complete configuration has.
    public String text(Setting setting) {
        return find(setting).orElse("");
    }

    /// The whole number of a setting.
    public long whole(Setting setting) {
        return Long.parseLong(text(setting));
    }

    /// The number of a setting.
    double number(Setting setting) {
        return Double.parseDouble(text(setting));
    }

    /// This configuration with the usual texts in the place of those that are missing.
    ///
    /// @param usual what is usual for the kind of training
    /// @param model the network if none was set
    Configuration complete(Usual usual, String model) {
        Map<Setting, Given> all = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            String text = setting == Setting.MODEL ? model : usual.text(setting);
            if (setting.role() != Setting.Role.MANNER && !text.isEmpty()) {
                all.put(setting, new Given(text, "--" + setting.label()));
            }
        }
        return or(new Configuration(all));
    }

    /// What comes of a setting that may not fit; a message about it begins with the line of the file it was given in.
    ///
    /// @throws InvalidArgument if it does not fit
    <T> T checked(Setting setting, Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidArgument e) {
            String place =
                    Optional.ofNullable(given.get(setting)).map(Given::place).orElse("");
            if (place.isEmpty() || place.startsWith("--")) {
                throw e;
            }
            throw new InvalidArgument(place + ": " + e.getMessage());
        }
    }

    /// The settings that a run's files tell, as free text by name.
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        given.forEach((setting, value) -> {
            if (setting.role() != Setting.Role.MANNER) {
                texts.put(setting.label(), value.text());
            }
        });
        return texts;
    }

    /// The configuration in the free text of a file.
    ///
    /// @throws AdjointException if there is none, or it is damaged
    public static Configuration of(Map<String, String> texts, Path file) {
        text(texts, Setting.MODEL.label(), file);
        Configuration read = empty();
        for (Setting setting : Setting.values()) {
            if (setting.role() != Setting.Role.MANNER && texts.containsKey(setting.label())) {
                try {
                    read = read.with(setting, Objects.requireNonNull(texts.get(setting.label())));
                } catch (InvalidArgument e) {
                    throw new AdjointException(file + ": the setting in its header is damaged: " + e.getMessage(), e);
                }
            }
        }
        return read;
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

    /// The configuration that a run was started with, gone on with under this one: of what makes the weights, only the
    /// number of epochs may change.
    ///
    /// @throws InvalidArgument if something else was set otherwise
    public Configuration resuming(Configuration saved) {
        given.forEach((setting, now) -> {
            String then = saved.text(setting);
            if (setting.role() == Setting.Role.RESULT && !now.text().equals(then)) {
                throw new InvalidArgument("the run was started "
                        + (then.isEmpty() ? "without --" + setting.label() : "with --" + setting.label() + " " + then)
                        + "; leave " + now.place() + " out, or start another run");
            }
        });
        return or(saved);
    }
}
