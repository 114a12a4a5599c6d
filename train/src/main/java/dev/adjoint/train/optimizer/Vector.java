package dev.adjoint.train.optimizer;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// The floating numbers of a tree one after the other, as a vector in f64.
final class Vector {
    private final double[] numbers;

    private Vector(double[] numbers) {
        this.numbers = numbers;
    }

    static Vector of(Object tree) {
        return new Vector(Tree.leaves(tree).stream()
                .filter(leaf -> leaf.dtype().isFloating())
                .flatMapToDouble(
                        leaf -> Arrays.stream(Array.of(leaf.to(DType.F64)).toDoubles()))
                .toArray());
    }

    /// The tree with these numbers in the place of its own.
    <M> M into(M tree) {
        int[] next = {0};
        return Tree.map(tree, leaf -> {
            if (!leaf.dtype().isFloating()) {
                return leaf;
            }
            int from = next[0];
            next[0] += (int) leaf.shape().count();
            Tensor part = Array.of(Arrays.copyOfRange(numbers, from, next[0]));
            return part.reshape(leaf.shape()).to(leaf.dtype());
        });
    }

    double dot(Vector other) {
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += numbers[i] * other.numbers[i];
        }
        return sum;
    }

    /// This + a·other.
    Vector plus(double a, Vector other) {
        double[] sum = new double[numbers.length];
        Arrays.setAll(sum, i -> numbers[i] + a * other.numbers[i]);
        return new Vector(sum);
    }

    Vector minus(Vector other) {
        return plus(-1, other);
    }

    Vector times(double factor) {
        return map(x -> factor * x);
    }

    private Vector map(DoubleUnaryOperator f) {
        return new Vector(Arrays.stream(numbers).map(f).toArray());
    }

    /// max |x|.
    double largest() {
        return Arrays.stream(numbers).map(Math::abs).max().orElse(0);
    }

    /// Σ |x|.
    double size() {
        return Arrays.stream(numbers).map(Math::abs).sum();
    }
}
