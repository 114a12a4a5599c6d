package dev.adjoint.nn.transformer;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;

/// The keys and values of the steps so far, so that a further step is computed without those before it. It has room for a
/// fixed number of steps, and so one type and one executable for all of them; writing beyond its end loses steps.
///
/// @param keys `[N,heads,room,d]`, of which the first are there
/// @param values `[N,heads,room,d]`
/// @param length how many steps are there, `i64[]`
public record KeyValueCache(Tensor keys, Tensor values, Tensor length) {
    /// How many steps there is room for.
    public long room() {
        return keys.dim(2);
    }

    /// The positions of further steps, `[count]`.
    public Tensor positions(long count) {
        return length.iota(TensorType.of(DType.I64, count), 0).add(length);
    }

    /// This cache with further steps.
    ///
    /// @param moreKeys `[N,heads,count,d]`
    /// @param moreValues `[N,heads,count,d]`
    KeyValueCache with(Tensor moreKeys, Tensor moreValues) {
        Tensor places = positions(moreKeys.dim(2));
        return new KeyValueCache(
                keys.scatterSet(2, places, moreKeys), values.scatterSet(2, places, moreValues), length.add((double)
                        moreKeys.dim(2)));
    }

    /// Which of the places further steps may look at, `[count,room]`: those before them and their own.
    Tensor visible(long count) {
        Tensor places = length.iota(TensorType.of(DType.I64, room()), 0);
        return places.le(positions(count).expand(1));
    }
}
