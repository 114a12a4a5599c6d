package dev.adjoint.data;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Handwritten digits: 1,797 grey images `[1,8,8]` in 0 … 1, classes 0 to 9, on average 180 of each.
///
/// Source: E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits", test part, UCI 1998, CC BY 4.0. The
/// pixels there count the dark ones among 4×4 and so range over 0 … 16.
public final class Digits {
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    private static final int DARKEST = 16;

    private Digits() {}

    /// All of them.
    public static Dataset load() {
        Dataset table = Embedded.compressed("digits", CLASSES);
        float[] pixels = table.features().toFloats();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] /= DARKEST;
        }
        Array images = Array.of(TensorType.of(DType.F32, table.size(), 1, 8, 8), Elements.wrap(pixels));
        return table.withFeatures(images);
    }
}
