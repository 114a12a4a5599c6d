package dev.adjoint.tensor;

/// Extents of which one is left open.
final class Inferred {
    private Inferred() {}

    /// The shape with the extent −1 replaced by what the number of elements leaves.
    static Shape shape(Shape from, long[] dims) {
        int open = -1;
        long[] others = dims.clone();
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] == -1) {
                if (open >= 0) {
                    throw new InvalidArgument("reshape: only one extent may be -1");
                }
                open = axis;
                others[axis] = 1;
            }
        }
        if (open < 0) {
            return Shape.of(dims);
        }
        long known = Shape.of(others).count();
        if (known == 0 || from.count() % known != 0) {
            throw new InvalidArgument("reshape: " + from.count() + " elements of " + from
                    + " cannot be divided by the given extents, whose product is " + known);
        }
        long[] complete = dims.clone();
        complete[open] = from.count() / known;
        return Shape.of(complete);
    }
}
