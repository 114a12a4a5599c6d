package dev.adjoint.run;

import dev.adjoint.tensor.Shape;
import java.util.Random;
import java.util.function.Consumer;

/// Naive loops over places, to test by.
final class Loops {
    private Loops() {}

    /// Every place of a shape, in row-major order.
    static void over(Shape shape, Consumer<long[]> body) {
        long[] at = new long[shape.rank()];
        for (long turn = 0; turn < shape.count(); turn++) {
            body.accept(at.clone());
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                if (++at[axis] < shape.dim(axis)) {
                    break;
                }
                at[axis] = 0;
            }
        }
    }

    /// The place in row-major order; −1 outside.
    static int place(Shape shape, long... at) {
        long place = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (at[axis] < 0 || at[axis] >= shape.dim(axis)) {
                return -1;
            }
            place = place * shape.dim(axis) + at[axis];
        }
        return (int) place;
    }

    /// Normal numbers.
    static Array random(long seed, long... dims) {
        Random random = new Random(seed);
        double[] values = random.doubles(Shape.of(dims).count(), -1, 1).toArray();
        return Array.of(Array.of(values).reshape(Shape.of(dims)));
    }
}
