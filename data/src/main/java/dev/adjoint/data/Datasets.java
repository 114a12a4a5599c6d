package dev.adjoint.data;

import dev.adjoint.tensor.NearestNames;
import dev.adjoint.tensor.OneLine;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The data sets that come with Adjoint, by the name the command line has for them.
public final class Datasets {
    private static final List<String> NAMES = List.of("breast-cancer", "digits", "iris", "wine");

    private Datasets() {}

    /// The names, in alphabetical order.
    public static List<String> names() {
        return NAMES;
    }

    /// The data set of this name.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if there is none; the message suggests the nearest names
    public static Dataset named(String name) {
        return switch (name) {
            case "breast-cancer" -> BreastCancer.load();
            case "digits" -> Digits.load();
            case "iris" -> Iris.load();
            case "wine" -> Wine.load();
            default -> throw NearestNames.unknown("data set", name, NAMES);
        };
    }

    /// The data set of this name or, where the text ends in `.csv` or `.csv.gz`, in this file, read as [Csv#table]
    /// does.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if there is none of this name; the message suggests the nearest names
    /// @throws UnreadableData if the file cannot be read as a table
    public static Dataset open(String nameOrFile) {
        String lower = nameOrFile.toLowerCase(Locale.ROOT);
        boolean isFile = lower.endsWith(".csv") || lower.endsWith(".csv.gz");
        return isFile ? Csv.table().read(path(nameOrFile)) : named(nameOrFile);
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new UnreadableData(OneLine.of(file) + ": is not a file name", e);
        }
    }
}
