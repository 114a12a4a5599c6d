package dev.adjoint.data;

import java.util.List;

/// Three species of iris, 50 flowers of each, by four lengths in centimetres: features `[4]`.
///
/// Source: R. A. Fisher, "Iris", UCI 1936, CC BY 4.0.
public final class Iris {
    private Iris() {}

    /// All of them.
    public static Dataset load() {
        return Embedded.table("iris")
                .withFeatureNames(
                        List.of("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"));
    }
}
