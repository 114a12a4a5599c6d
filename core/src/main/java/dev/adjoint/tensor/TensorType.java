package dev.adjoint.tensor;

/// Shape and element type: all that is known of a tensor before it is computed. Prints as `f32[64,784]`.
public record TensorType(DType dtype, Shape shape) {
    public static TensorType of(DType dtype, long... dims) {
        return new TensorType(dtype, Shape.of(dims));
    }

    public TensorType withShape(Shape shape) {
        return new TensorType(dtype, shape);
    }

    public TensorType withDtype(DType dtype) {
        return new TensorType(dtype, shape);
    }

    public int rank() {
        return shape.rank();
    }

    public long dim(int axis) {
        return shape.dim(axis);
    }

    /// The axis as a number from 0.
    ///
    /// @param operator who asks, for the message
    /// @throws InvalidArgument if there is no such axis
    public int axis(String operator, int axis) {
        if (axis < -rank() || axis >= rank()) {
            throw new InvalidArgument(operator + ": " + this + ": axis " + axis + " does not exist in shape " + shape
                    + " of rank " + rank());
        }
        return shape.axis(axis);
    }

    /// Bytes of all elements.
    public long bytes() {
        return Math.multiplyExact(shape.count(), dtype.bytes());
    }

    @Override
    public String toString() {
        return dtype.toString() + shape;
    }
}
