package dev.adjoint.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The numbers of a tensor in row-major order, in one Java array of the matching primitive type. The array may be longer
/// than there are elements: intermediate values of different sizes take turns in one array ([#first]).
///
/// Whoever publishes elements must not write to them any more. Kernels write only to elements that nobody has seen, or that
/// were handed over to them: see [#handOver].
///
/// @see DType
public final class Elements {
    /// The most elements that a Java array holds.
    public static final int LARGEST_COUNT = Integer.MAX_VALUE - 8;

    private final DType dtype;
    private final int count;

    /// None once it was handed over.
    private @Nullable Object array;

    /// Who took the array, for the message.
    private String taker = "";

    private Elements(DType dtype, Object array, int count) {
        this.dtype = dtype;
        this.array = array;
        this.count = count;
    }

    /// Zeros.
    ///
    /// @throws InvalidArgument if there are more than a Java array can hold
    public static Elements allocate(DType dtype, long count) {
        if (count > LARGEST_COUNT) {
            throw new InvalidArgument(count + " elements of " + dtype + " do not fit a Java array (at most 2³¹−9)");
        }
        int n = (int) count;
        return switch (dtype) {
            case F32 -> wrap(new float[n]);
            case F64 -> wrap(new double[n]);
            case I32 -> wrap(new int[n]);
            case I64 -> wrap(new long[n]);
            case BF16, F16 -> wrap(dtype, new short[n]);
            case I8, U8, BOOL -> wrap(dtype, new byte[n]);
        };
    }

    /// Elements over this very array; the caller gives it up.
    public static Elements wrap(float[] values) {
        return new Elements(DType.F32, values, values.length);
    }

    /// Elements over this very array; the caller gives it up.
    public static Elements wrap(double[] values) {
        return new Elements(DType.F64, values, values.length);
    }

    /// Elements over this very array; the caller gives it up.
    public static Elements wrap(int[] values) {
        return new Elements(DType.I32, values, values.length);
    }

    /// Elements over this very array; the caller gives it up.
    public static Elements wrap(long[] values) {
        return new Elements(DType.I64, values, values.length);
    }

    /// Elements of a 16-bit type over this very array of bit patterns; the caller gives it up.
    ///
    /// @throws InvalidArgument if the type is not one of 16 bits
    public static Elements wrap(DType dtype, short[] bits) {
        return switch (dtype) {
            case BF16, F16 -> new Elements(dtype, bits, bits.length);
            case F32, F64, I8, U8, I32, I64, BOOL -> throw new InvalidArgument(dtype + " is not stored in 16 bits");
        };
    }

    /// Elements of an 8-bit type over this very array; truth values are 0 and 1. The caller gives it up.
    ///
    /// @throws InvalidArgument if the type is not one of 8 bits
    public static Elements wrap(DType dtype, byte[] values) {
        return switch (dtype) {
            case I8, U8, BOOL -> new Elements(dtype, values, values.length);
            case F32, F64, BF16, F16, I32, I64 -> throw new InvalidArgument(dtype + " is not stored in 8 bits");
        };
    }

    /// One number, rounded to the given type.
    public static Elements scalar(DType dtype, double value) {
        Elements one = allocate(dtype, 1);
        one.set(0, value);
        return one;
    }

    /// As many elements at the start of this very array.
    ///
    /// @throws InvalidArgument if there are fewer
    public Elements first(long most) {
        if (most < 0 || most > count) {
            throw new InvalidArgument("the first " + most + " of " + count + " elements do not exist");
        }
        return new Elements(dtype, array(), (int) most);
    }

    public DType dtype() {
        return dtype;
    }

    public int count() {
        return count;
    }

    /// The array itself, for kernels.
    public float[] floats() {
        return (float[]) array();
    }

    /// The array itself, for kernels.
    public double[] doubles() {
        return (double[]) array();
    }

    /// The array itself, for kernels.
    public int[] ints() {
        return (int[]) array();
    }

    /// The array itself, for kernels.
    public long[] longs() {
        return (long[]) array();
    }

    /// The array itself, for kernels: bit patterns of 16-bit types.
    public short[] shorts() {
        return (short[]) array();
    }

    /// The array itself, for kernels.
    public byte[] bytes() {
        return (byte[]) array();
    }

    /// The array itself, of the primitive type that matches [#dtype], for bulk copies; [#count] says how much of it is used.
    ///
    /// @throws Consumed if it was handed over
    public Object array() {
        if (array == null) {
            throw new Consumed(taker);
        }
        return array;
    }

    /// Hands the array over to other elements. These are of no use from now on.
    ///
    /// @param message what to tell whoever asks these elements for their numbers afterwards
    public Elements handOver(String message) {
        Elements heir = new Elements(dtype, array(), count);
        array = null;
        taker = message;
        return heir;
    }

    /// One element as a double; integers beyond 2⁵³ are rounded.
    public double get(int index) {
        return switch (dtype) {
            case F32 -> floats()[index];
            case F64 -> doubles()[index];
            case I32 -> ints()[index];
            case I64 -> longs()[index];
            case BF16 -> HalfPrecision.fromBf16(shorts()[index]);
            case F16 -> HalfPrecision.fromF16(shorts()[index]);
            case I8, BOOL -> bytes()[index];
            case U8 -> Byte.toUnsignedInt(bytes()[index]);
        };
    }

    /// One element as a long; fractions are cut off.
    public long getLong(int index) {
        return dtype == DType.I64 ? longs()[index] : (long) get(index);
    }

    /// Writes one element, rounded to the type as a Java cast does (8-bit integers keep the low bits); truth is "not zero".
    public void set(int index, double value) {
        switch (dtype) {
            case F32 -> floats()[index] = (float) value;
            case F64 -> doubles()[index] = value;
            case I32 -> ints()[index] = (int) value;
            case I64 -> longs()[index] = (long) value;
            case BF16 -> shorts()[index] = HalfPrecision.toBf16(value);
            case F16 -> shorts()[index] = HalfPrecision.toF16(value);
            case I8, U8 -> bytes()[index] = (byte) value;
            case BOOL -> bytes()[index] = value != 0 ? (byte) 1 : 0;
        }
    }

    /// Writes one integer exactly.
    public void setLong(int index, long value) {
        switch (dtype) {
            case I64 -> longs()[index] = value;
            case I32 -> ints()[index] = (int) value;
            case I8, U8 -> bytes()[index] = (byte) value;
            case F32, F64, BF16, F16, BOOL -> set(index, (double) value);
        }
    }

    /// Sets all elements to zero. For kernels, on elements that nobody has seen.
    public void clear() {
        switch (dtype) {
            case F32 -> Arrays.fill(floats(), 0, count, 0);
            case F64 -> Arrays.fill(doubles(), 0, count, 0);
            case I32 -> Arrays.fill(ints(), 0, count, 0);
            case I64 -> Arrays.fill(longs(), 0, count, 0);
            case BF16, F16 -> Arrays.fill(shorts(), 0, count, (short) 0);
            case I8, U8, BOOL -> Arrays.fill(bytes(), 0, count, (byte) 0);
        }
    }

    /// One element in the shortest form that reads back as the same number.
    public String text(int index) {
        return switch (dtype) {
            case F32 -> Float.toString(floats()[index]);
            case F64 -> Double.toString(doubles()[index]);
            case BF16, F16 -> Float.toString((float) get(index));
            case I8, U8, I32, I64 -> Long.toString(getLong(index));
            case BOOL -> Boolean.toString(bytes()[index] != 0);
        };
    }

    /// Same type and same bits (all NaNs count as one).
    @Override
    @SuppressWarnings("ReferenceEquality") // the same array has the same bits, without looking
    public boolean equals(Object other) {
        return other instanceof Elements that
                && dtype == that.dtype
                && count == that.count
                && (array() == that.array()
                        || switch (dtype) {
                            case F32 -> Arrays.equals(floats(), 0, count, that.floats(), 0, count);
                            case F64 -> Arrays.equals(doubles(), 0, count, that.doubles(), 0, count);
                            case I32 -> Arrays.equals(ints(), 0, count, that.ints(), 0, count);
                            case I64 -> Arrays.equals(longs(), 0, count, that.longs(), 0, count);
                            case BF16, F16 -> Arrays.equals(shorts(), 0, count, that.shorts(), 0, count);
                            case I8, U8, BOOL -> Arrays.equals(bytes(), 0, count, that.bytes(), 0, count);
                        });
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < count; i++) {
            hash = 31 * hash + (dtype.isFloating() ? Double.hashCode(get(i)) : Long.hashCode(getLong(i)));
        }
        return hash;
    }

    @Override
    public String toString() {
        return IntStream.range(0, count).mapToObj(this::text).collect(Collectors.joining(",", "[", "]"));
    }
}
