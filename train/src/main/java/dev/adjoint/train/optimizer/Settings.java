package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NearestNames;
import dev.adjoint.tensor.OneLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The settings of something that was chosen by name, as texts from a command line or a file; what is not given has its
/// usual value.
///
/// @param owner what was chosen, for messages
/// @param texts the text of every setting by name
public record Settings(String owner, Map<String, String> texts) {
    /// A setting that something has.
    ///
    /// @param name its name
    /// @param usual its text if none is given
    /// @param meaning what it is, for help texts
    public record Setting(String name, String usual, String meaning) {}

    /// What is given, and for the rest the usual.
    ///
    /// @throws InvalidArgument if something is given that is no setting
    static Settings of(String owner, List<Setting> known, Map<String, String> given) {
        Map<String, String> texts = new LinkedHashMap<>();
        known.forEach(setting -> texts.put(setting.name, setting.usual));
        given.forEach((name, text) -> {
            if (texts.put(name, text) == null) {
                throw NearestNames.unknown(
                        "setting of " + owner,
                        name,
                        known.stream().map(Setting::name).toList());
            }
        });
        return new Settings(owner, texts);
    }

    /// A number.
    ///
    /// @throws InvalidArgument if the text is none
    public double number(String name) {
        return number(name, text(name));
    }

    /// A whole number.
    ///
    /// @throws InvalidArgument if the text is none
    public long count(String name) {
        double number = number(name);
        if (number != Math.rint(number) || Math.abs(number) > 1e15) {
            throw new InvalidArgument(owner + ": " + name + " is a whole number, not " + OneLine.of(text(name)));
        }
        return (long) number;
    }

    /// Numbers with commas between them; none in an empty text.
    ///
    /// @throws InvalidArgument if one is no number
    public List<Double> numbers(String name) {
        String text = text(name).replaceAll("[\\[\\]\\s]", "");
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(part -> number(name, part)).toList();
    }

    private String text(String name) {
        return Objects.requireNonNull(texts.get(name));
    }

    private double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new InvalidArgument(owner + ": " + name + " is a number, not '" + OneLine.of(text) + "'");
        }
    }
}
