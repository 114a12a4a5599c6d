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

    /// Bytes of all elements.
    public long bytes() {
        return Math.multiplyExact(shape.count(), dtype.bytes());
    }

    @Override
    public String toString() {
        return dtype.toString() + shape;
    }
}
