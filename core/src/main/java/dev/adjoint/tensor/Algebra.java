package dev.adjoint.tensor;

import dev.adjoint.op.Op;
import dev.adjoint.op.source.Constant;
import java.util.ArrayList;
import java.util.List;

/// What every tensor can do; the vocabulary is made of it.
public interface Algebra {
    /// Shape and element type.
    TensorType type();

    /// The one verb: applies an operator to operands, of which this tensor need not be one.
    ///
    /// Numbers in memory give numbers at once; if one operand is a [dev.adjoint.graph.Value], the application is recorded.
    ///
    /// @throws ShapeMismatch if the shapes break the operator's law
    /// @throws DTypeMismatch if the element types do
    List<Tensor> apply(Op op, List<? extends Tensor> operands);

    /// Applies a single-result operator to this tensor and others.
    default Tensor apply(Op op, Tensor... others) {
        List<Tensor> operands = new ArrayList<>();
        operands.add((Tensor) this);
        operands.addAll(List.of(others));
        return apply(op, operands).getFirst();
    }

    /// Applies an operator without operands.
    default Tensor create(Op op) {
        return apply(op, List.of()).getFirst();
    }

    /// A number without axes, of this tensor's element type: rounded for floating types.
    ///
    /// @throws InvalidArgument if the type is of integers and the value is none of its
    default Tensor constant(double value) {
        DType dtype = dtype();
        boolean fits = value == Math.rint(value) && value >= dtype.lowest() && value <= dtype.highest();
        if (!dtype.isFloating() && !fits) {
            throw new InvalidArgument(value + " is no number of type " + dtype + ", which holds integers from "
                    + (long) dtype.lowest() + " to " + (long) dtype.highest()
                    + "; convert the tensor first, for instance x.to(DType.F32)");
        }
        return create(Constant.scalar(dtype, value));
    }

    /// Zeros of this tensor's type.
    default Tensor zerosLike() {
        return constant(0).broadcastTo(shape());
    }

    /// Ones of this tensor's type.
    default Tensor onesLike() {
        return constant(1).broadcastTo(shape());
    }

    default DType dtype() {
        return type().dtype();
    }

    default Shape shape() {
        return type().shape();
    }

    default int rank() {
        return type().rank();
    }

    /// The extent along an axis; negative axes count from the end.
    default long dim(int axis) {
        return type().dim(axis);
    }
}
