package dev.adjoint.tensor;

import java.util.OptionalLong;

/// One of the indices between the brackets of `x[…]`, as in NumPy.
///
/// {@snippet :
/// Tensor x = Array.key(key).normal(TensorType.of(DType.F32, 4, 5, 6));
/// x.at(Index.of(-1));                                              // x[-1]          f32[5,6]
/// x.at(Index.ellipsis(), Index.range(1, 5, 2));                    // x[..., 1:5:2]  f32[4,5,2]
/// x.at(Index.of(0), Index.step(-1), Index.newAxis());              // x[0, ::-1, None] f32[5,1,6]
/// x.at(Index.of(Array.of(3, 0)), Index.all(), Index.of(Array.of(1, 1)));      // x[[3, 0], :, [1, 1]]  f32[2,5]
/// x.at(Index.of(x.gt(0)));                                         // x[x > 0]       f32[n]
/// x.with(Index.of(2), Array.scalar(DType.F32, 0));                 // x with x[2] = 0
/// }
///
/// @see Subscripts
public sealed interface Index {
    /// One index of an axis, which disappears; −1 is the last.
    ///
    /// @param index the index
    record At(long index) implements Index {}

    /// The indices from `start` to `stop` (exclusive) in steps; −1 is the last, what lies beyond an end is cut off, and what
    /// is left out is the end itself. Negative steps go down.
    ///
    /// @param start where it begins
    /// @param stop where it ends, not included
    /// @param step from one index to the next, not 0
    record Range(OptionalLong start, OptionalLong stop, long step) implements Index {
        public Range {
            if (step == 0) {
                throw new InvalidArgument("a range of indices steps by at least 1 in either direction, not by 0");
            }
        }
    }

    /// All axes that no other index is for.
    record Ellipsis() implements Index {}

    /// A new axis of extent 1.
    record NewAxis() implements Index {}

    /// Computed indices of an axis, or a mask over as many axes as it has.
    ///
    /// @param tensor integers or booleans
    record Computed(Tensor tensor) implements Index {}

    /// `x[i]`
    static Index of(long index) {
        return new At(index);
    }

    /// `x[i]` for a tensor of integers or a mask. Several tensors of one index broadcast together.
    static Index of(Tensor tensor) {
        return new Computed(tensor);
    }

    /// `x[start:stop]`
    static Index range(long start, long stop) {
        return range(start, stop, 1);
    }

    /// `x[start:stop:step]`
    static Index range(long start, long stop, long step) {
        return new Range(OptionalLong.of(start), OptionalLong.of(stop), step);
    }

    /// `x[start:]`
    static Index from(long start) {
        return from(start, 1);
    }

    /// `x[start::step]`
    static Index from(long start, long step) {
        return new Range(OptionalLong.of(start), OptionalLong.empty(), step);
    }

    /// `x[:stop]`
    static Index until(long stop) {
        return until(stop, 1);
    }

    /// `x[:stop:step]`
    static Index until(long stop, long step) {
        return new Range(OptionalLong.empty(), OptionalLong.of(stop), step);
    }

    /// `x[::step]`
    static Index step(long step) {
        return new Range(OptionalLong.empty(), OptionalLong.empty(), step);
    }

    /// `x[:]`
    static Index all() {
        return step(1);
    }

    /// `x[...]`
    static Index ellipsis() {
        return new Ellipsis();
    }

    /// `x[None]`
    static Index newAxis() {
        return new NewAxis();
    }
}
