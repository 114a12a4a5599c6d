package dev.adjoint.data;

import dev.adjoint.tensor.NearestNames;
import java.util.List;

/// The data sets that come with Adjoint, by their names. `catalog.DataSource` knows files and others, too.
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
}
