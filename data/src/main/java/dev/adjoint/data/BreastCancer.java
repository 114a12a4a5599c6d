package dev.adjoint.data;

import java.util.List;
import java.util.stream.Stream;

/// 569 tumours, 212 malignant (class 0) and 357 benign (class 1), by ten properties of cell nuclei, each as mean,
/// standard error and worst: features `[30]`.
///
/// Source: W. Wolberg, O. Mangasarian, N. Street, W. Street, "Breast Cancer Wisconsin (Diagnostic)", UCI 1995, CC BY
/// 4.0.
public final class BreastCancer {
    private static final List<String> PROPERTIES = List.of(
            "radius",
            "texture",
            "perimeter",
            "area",
            "smoothness",
            "compactness",
            "concavity",
            "concave points",
            "symmetry",
            "fractal dimension");

    private BreastCancer() {}

    /// All of them.
    public static Dataset load() {
        List<String> features = Stream.of("mean", "error of", "worst")
                .flatMap(kind -> PROPERTIES.stream().map(property -> kind + " " + property))
                .toList();
        return Embedded.table("breast_cancer").named("breast-cancer").withFeatureNames(features);
    }
}
