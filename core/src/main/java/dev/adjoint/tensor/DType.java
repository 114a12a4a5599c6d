package dev.adjoint.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The element type of a tensor.
///
/// Floating types carry derivatives; integers and booleans do not.
public enum DType {
    /// IEEE 754 binary32.
    F32(4, Kind.FLOATING),
    /// IEEE 754 binary64.
    F64(8, Kind.FLOATING),
    /// bfloat16: the upper half of a binary32, 8 bits of precision. Storage; arithmetic is wider and rounds once.
    BF16(2, Kind.FLOATING),
    /// IEEE 754 binary16, 11 bits of precision, at most 65504. Storage; arithmetic is wider and rounds once.
    F16(2, Kind.FLOATING),
    /// Two's complement, 8 bits.
    I8(1, Kind.INTEGER),
    /// Unsigned, 8 bits.
    U8(1, Kind.INTEGER),
    /// Two's complement, 32 bits.
    I32(4, Kind.INTEGER),
    /// Two's complement, 64 bits.
    I64(8, Kind.INTEGER),
    /// One byte, 0 or 1.
    BOOL(1, Kind.BOOLEAN);

    private enum Kind {
        FLOATING,
        INTEGER,
        BOOLEAN
    }

    private final int bytes;
    private final Kind kind;

    DType(int bytes, Kind kind) {
        this.bytes = bytes;
        this.kind = kind;
    }

    /// Bytes of one element.
    public int bytes() {
        return bytes;
    }

    /// Whether derivatives exist for this type.
    public boolean isFloating() {
        return kind == Kind.FLOATING;
    }

    public boolean isInteger() {
        return kind == Kind.INTEGER;
    }

    /// Binary digits of precision: of the significand for floating types, of the range otherwise.
    public int precision() {
        return switch (this) {
            case F32 -> 24;
            case F64 -> 53;
            case BF16 -> 8;
            case F16 -> 11;
            case I8 -> 7;
            case U8 -> 8;
            case I32 -> 31;
            case I64 -> 63;
            case BOOL -> 1;
        };
    }

    /// The value below every other: −∞ for floating types, the smallest integer otherwise.
    public double lowest() {
        return switch (this) {
            case F32, F64, BF16, F16 -> Double.NEGATIVE_INFINITY;
            case I8 -> Byte.MIN_VALUE;
            case U8 -> 0;
            case I32 -> Integer.MIN_VALUE;
            case I64 -> Long.MIN_VALUE;
            case BOOL -> 0;
        };
    }

    /// The value above every other: +∞ for floating types, the largest integer otherwise.
    public double highest() {
        return switch (this) {
            case F32, F64, BF16, F16 -> Double.POSITIVE_INFINITY;
            case I8 -> Byte.MAX_VALUE;
            case U8 -> 255;
            case I32 -> Integer.MAX_VALUE;
            case I64 -> Long.MAX_VALUE;
            case BOOL -> 1;
        };
    }

    /// The type that holds the numbers of both without a loss of range: what mixed operands are converted to.
    ///
    /// Booleans become integers; U8 with I8 becomes I32; integers with a floating type become that floating type; BF16 with
    /// F16 becomes F32; otherwise the wider of the two. It is commutative and associative. Nothing is converted unasked:
    /// operators refuse mixed types, and [Functions#promotedWith] applies this rule.
    public DType promotedWith(DType other) {
        DType low = rank() <= other.rank() ? this : other;
        DType high = low == this ? other : this;
        if (low.rank() == high.rank() && low != high) {
            return low.isFloating() ? F32 : I32;
        }
        return high;
    }

    /// The height in the order of promotion; two types of one height meet in the next.
    private int rank() {
        return switch (this) {
            case BOOL -> 0;
            case I8, U8 -> 1;
            case I32 -> 2;
            case I64 -> 3;
            case BF16, F16 -> 4;
            case F32 -> 5;
            case F64 -> 6;
        };
    }

    /// The type of this printed name, for instance `f32`.
    ///
    /// @throws InvalidArgument if no type has that name
    public static DType parse(String name) {
        for (DType type : values()) {
            if (type.toString().equals(name)) {
                return type;
            }
        }
        String known = Arrays.stream(values()).map(DType::toString).collect(Collectors.joining(", "));
        throw new InvalidArgument("no element type is called '" + name + "'; known are " + known);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
