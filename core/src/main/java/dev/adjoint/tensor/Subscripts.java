package dev.adjoint.tensor;

import dev.adjoint.op.indexing.Scatter.Combine;
import java.util.List;

/// Parts of a tensor by [Index], read and replaced; tensors never change, so what is replaced makes a new tensor.
///
/// The rules are NumPy's. Indices are for one axis each, from the first on; axes without index are taken whole. Integer
/// tensors broadcast together and give their axes to the result: where the first of them stands if they (and plain integers)
/// stand side by side, in front if any other index stands between them. A mask is as many integer tensors as it has axes:
/// the places where it is true. Differentiable both in what is read from and in what is put in.
public interface Subscripts extends Algebra {
    /// `x[index]`
    ///
    /// @throws InvalidArgument if there are more indices than axes, or an index lies outside its axis
    /// @throws DTypeMismatch if an index is a tensor of neither integers nor booleans
    /// @throws NotComputed if a mask is being traced: the shape of the result depends on its numbers
    default Tensor at(Index... index) {
        return Selection.of((Tensor) this, List.of(index)).read();
    }

    /// This tensor with `x[index] = value`; the value broadcasts to the shape of `x[index]`. Where an integer tensor names a place
    /// several times, the last value stays.
    ///
    /// @throws ShapeMismatch if the value cannot be repeated to the shape of `x[index]`
    default Tensor with(Index index, Tensor value) {
        return with(List.of(index), value);
    }

    /// This tensor with `x[index] = value`, for several indices.
    default Tensor with(List<Index> index, Tensor value) {
        return with(Combine.SET, index, value);
    }

    /// This tensor with `x[index] = value`, for a number.
    default Tensor with(Index index, double value) {
        return with(List.of(index), constant(value));
    }

    /// This tensor with `x[index] += value`; what is added to one place several times adds up.
    default Tensor plusAt(Index index, Tensor value) {
        return plusAt(List.of(index), value);
    }

    /// This tensor with `x[index] += value`, for several indices.
    default Tensor plusAt(List<Index> index, Tensor value) {
        return with(Combine.ADD, index, value);
    }

    /// This tensor with `x[index] = combine(x[index], value)`.
    ///
    /// @throws ShapeMismatch if the value cannot be repeated to the shape of `x[index]`
    default Tensor with(Combine combine, List<Index> index, Tensor value) {
        return Selection.of((Tensor) this, index).write(combine, value);
    }

    /// The places of the elements that are not zero (or are true) in row-major order: one i64 tensor of indices for every axis.
    ///
    /// @throws NotComputed while a function is traced: how many there are depends on the numbers
    default List<Tensor> nonzero() {
        return Selection.places("nonzero", (Tensor) this);
    }
}
