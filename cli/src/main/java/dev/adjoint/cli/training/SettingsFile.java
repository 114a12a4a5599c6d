package dev.adjoint.cli.training;

import dev.adjoint.io.FileFailure;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NearestNames;
import dev.adjoint.tensor.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/// Files of settings in [TOML](https://toml.io): every key is the name of a setting.
///
/// Where a setting is a selection, it is a text as on the command line (`optimizer = "adamw,beta2=0.95"`) or a table with a
/// `name` (`[optimizer]`, `name = "adamw"`, `beta2 = 0.95`).
public final class SettingsFile {
    private SettingsFile() {}

    /// The settings in a file.
    ///
    /// @throws FileFailure if it cannot be read
    /// @throws InvalidArgument if it is no TOML, a key is no setting, or a value does not fit it; the message begins with
    ///     file and line
    public static Configuration read(Path file) {
        TomlParseResult toml = parse(file);
        if (toml.hasErrors()) {
            TomlParseError first = toml.errors().getFirst();
            throw new InvalidArgument(
                    file + ":" + first.position().line() + ": " + OneLine.of(String.valueOf(first.getMessage())));
        }
        Configuration configuration = Configuration.empty();
        for (String key : toml.keySet()) {
            String line = line(file, toml, key);
            Setting setting = Setting.named(key).orElseThrow(() -> unknown(key, line));
            Object value = toml.get(List.of(key));
            configuration = configuration.with(setting, text(value, line + ": " + key), line + ": " + key);
        }
        return configuration;
    }

    private static TomlParseResult parse(Path file) {
        if (!Files.exists(file)) {
            throw new FileFailure(file, "no such file");
        }
        try {
            return Toml.parse(file);
        } catch (IOException e) {
            throw new FileFailure(file, "cannot be read: " + OneLine.of(e), e);
        }
    }

    private static String line(Path file, TomlTable toml, String key) {
        var position = toml.inputPositionOf(List.of(key));
        return position == null ? file.toString() : file + ":" + position.line();
    }

    private static InvalidArgument unknown(String key, String line) {
        List<String> known = Stream.of(Setting.values()).map(Setting::label).toList();
        return new InvalidArgument(
                line + ": " + NearestNames.unknown("setting", key, known).getMessage());
    }

    private static String text(@org.jspecify.annotations.Nullable Object value, String place) {
        return switch (value) {
            case TomlArray array ->
                IntStream.range(0, array.size())
                        .mapToObj(i -> text(array.get(i), place))
                        .collect(Collectors.joining(","));
            case TomlTable table -> selection(table, place);
            case null -> "";
            default -> value.toString();
        };
    }

    private static String selection(TomlTable table, String place) {
        List<String> parts = new ArrayList<>();
        parts.add(text(table.get(List.of("name")), place));
        if (parts.getFirst().isEmpty()) {
            throw new InvalidArgument(place + " is a table without a name; it needs one, as in name = \"adamw\"");
        }
        for (String key : table.keySet()) {
            if (!key.equals("name")) {
                parts.add(key + "=" + text(table.get(List.of(key)), place));
            }
        }
        return String.join(",", parts);
    }
}
