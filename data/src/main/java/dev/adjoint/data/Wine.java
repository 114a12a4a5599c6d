package dev.adjoint.data;

import java.util.List;

/// 178 wines of three growers by 13 chemical measurements of very different size: features `[13]`.
///
/// Source: S. Aeberhard, M. Forina, "Wine", UCI 1991, CC BY 4.0.
public final class Wine {
    private static final List<String> FEATURES = List.of(
            "alcohol",
            "malic acid",
            "ash",
            "alcalinity of ash",
            "magnesium",
            "total phenols",
            "flavanoids",
            "nonflavanoid phenols",
            "proanthocyanins",
            "color intensity",
            "hue",
            "OD280/OD315 of diluted wines",
            "proline");

    private Wine() {}

    /// All of them.
    public static Dataset load() {
        return Embedded.table("wine").withFeatureNames(FEATURES);
    }
}
