package dev.adjoint.train.diagnosis;

import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// Sizes of tensors in memory, added up in double precision.
final class Norms {
    private Norms() {}

    /// Σxᵢ²
    static double squares(Tensor x) {
        Elements elements = x.elements();
        double sum = 0;
        for (int i = 0; i < elements.count(); i++) {
            sum += elements.get(i) * elements.get(i);
        }
        return sum;
    }

    /// √Σxᵢ²
    static double norm(Tensor x) {
        return Math.sqrt(squares(x));
    }

    /// √(Σxᵢ²/n), 0 if there is nothing
    static double rootMeanSquare(Tensor x) {
        return x.shape().count() == 0 ? 0 : Math.sqrt(squares(x) / x.shape().count());
    }

    /// Σxᵢ·yᵢ
    static double dot(Tensor x, Tensor y) {
        double sum = 0;
        for (int i = 0; i < x.elements().count(); i++) {
            sum += x.elements().get(i) * y.elements().get(i);
        }
        return sum;
    }

    /// Whether no floating number of a tree is NaN or infinite.
    static boolean areFinite(Object tree) {
        return Tree.leaves(tree).stream()
                .filter(leaf -> leaf.dtype().isFloating())
                .allMatch(leaf -> Double.isFinite(squares(leaf)));
    }
}
