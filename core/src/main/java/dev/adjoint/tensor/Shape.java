package dev.adjoint.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The extents of a tensor along its axes, outermost first. A scalar has no axes.
///
/// Negative axes count from the end: `dim(-1)` is the last extent.
public final class Shape {
    private static final Shape SCALAR = new Shape(new long[0]);

    private final long[] dims;
    private final long count;

    private Shape(long[] dims) {
        this.dims = dims;
        this.count = product(dims);
    }

    /// The shape of the given extents.
    ///
    /// @throws InvalidArgument if an extent is negative or their product exceeds a signed 64-bit number
    public static Shape of(long... dims) {
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    public static Shape of(List<Long> dims) {
        return of(dims.stream().mapToLong(Long::longValue).toArray());
    }

    /// The shape without axes.
    public static Shape scalar() {
        return SCALAR;
    }

    private static long product(long[] dims) {
        long count = 1;
        for (long dim : dims) {
            if (dim < 0) {
                throw new InvalidArgument(
                        "a shape needs extents of at least 0, but " + Arrays.toString(dims) + " has " + dim);
            }
        }
        for (long dim : dims) {
            if (dim == 0) {
                return 0;
            }
        }
        for (long dim : dims) {
            if (count > Long.MAX_VALUE / dim) {
                throw new InvalidArgument("the shape " + Arrays.toString(dims) + " has more than 2⁶³ elements");
            }
            count *= dim;
        }
        return count;
    }

    public int rank() {
        return dims.length;
    }

    /// The number of elements: the product of all extents, 1 for a scalar.
    public long count() {
        return count;
    }

    /// The extent along an axis; negative axes count from the end.
    public long dim(int axis) {
        return dims[axis(axis)];
    }

    public long[] dims() {
        return dims.clone();
    }

    /// The axis as a number from 0.
    ///
    /// @throws InvalidArgument if there is no such axis
    public int axis(int axis) {
        int resolved = axis < 0 ? axis + dims.length : axis;
        if (resolved < 0 || resolved >= dims.length) {
            throw new InvalidArgument("axis " + axis + " does not exist in shape " + this + " of rank " + dims.length);
        }
        return resolved;
    }

    /// The axes from `from` (inclusive) to `to` (exclusive).
    public Shape part(int from, int to) {
        return of(Arrays.copyOfRange(dims, from, to));
    }

    /// All axes but the last `n`.
    public Shape leading(int n) {
        return part(0, dims.length - n);
    }

    /// The last `n` axes.
    public Shape trailing(int n) {
        return part(dims.length - n, dims.length);
    }

    public Shape append(long... more) {
        return of(LongStream.concat(Arrays.stream(dims), Arrays.stream(more)).toArray());
    }

    public Shape append(Shape more) {
        return append(more.dims);
    }

    public Shape prepend(long... more) {
        return of(LongStream.concat(Arrays.stream(more), Arrays.stream(dims)).toArray());
    }

    /// This shape with another extent along one axis.
    public Shape with(int axis, long dim) {
        long[] changed = dims.clone();
        changed[axis(axis)] = dim;
        return of(changed);
    }

    /// This shape with ones put before it until it has the given rank.
    public Shape padded(int rank) {
        long[] ones = new long[Math.max(0, rank - dims.length)];
        Arrays.fill(ones, 1);
        return prepend(ones);
    }

    /// Row-major strides in elements.
    public long[] strides() {
        long[] strides = new long[dims.length];
        long stride = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= dims[axis];
        }
        return strides;
    }

    /// Whether a tensor of this shape may be repeated to fill the target: axes align at the end, each is equal or 1.
    public boolean broadcastsTo(Shape target) {
        if (rank() > target.rank()) {
            return false;
        }
        for (int axis = 1; axis <= rank(); axis++) {
            if (dim(-axis) != 1 && dim(-axis) != target.dim(-axis)) {
                return false;
            }
        }
        return true;
    }

    /// Row-major strides of this shape read as the larger target: 0 along every axis that is repeated.
    public long[] stridesIn(Shape target) {
        long[] own = strides();
        long[] result = new long[target.rank()];
        for (int axis = 1; axis <= rank(); axis++) {
            boolean repeated = dim(-axis) == 1;
            result[target.rank() - axis] = repeated ? 0 : own[rank() - axis];
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(dims, that.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /// The extents in brackets: `[64,784]`.
    @Override
    public String toString() {
        return Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
