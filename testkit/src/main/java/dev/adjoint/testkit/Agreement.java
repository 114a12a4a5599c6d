package dev.adjoint.testkit;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.TensorType;
import java.util.function.IntToDoubleFunction;

/// When two arrays count as equal: integers and booleans in every bit; floating numbers within a tolerance, NaN and
/// infinities in the same places.
///
/// @param tolerance the allowed distance of element i
record Agreement(IntToDoubleFunction tolerance) {
    /// A tolerance relative to numbers of size 1.
    Agreement(double tolerance) {
        this(_ -> tolerance);
    }

    /// @throws AssertionError naming the first element that disagrees
    void check(Array found, Array expected, String where) {
        TensorType type = expected.type();
        if (!found.type().equals(type)) {
            throw new AssertionError(where + ": found " + found.type() + ", expected " + type);
        }
        for (int i = 0; i < expected.elements().count(); i++) {
            if (!agrees(found, expected, i)) {
                throw new AssertionError(where + ": element " + i + " of " + type + " is "
                        + found.elements().text(i) + ", expected "
                        + expected.elements().text(i));
            }
        }
    }

    private boolean agrees(Array found, Array expected, int i) {
        if (!expected.dtype().isFloating()) {
            return found.elements().getLong(i) == expected.elements().getLong(i);
        }
        double x = found.elements().get(i);
        double y = expected.elements().get(i);
        boolean finite = Double.isFinite(x) && Double.isFinite(y);
        return finite
                ? Math.abs(x - y) <= tolerance.applyAsDouble(i) * Math.max(1, Math.abs(y))
                : Double.compare(x, y) == 0;
    }
}
