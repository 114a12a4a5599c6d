package dev.adjoint.tensor;

import java.util.Locale;

/// The element type of a tensor.
///
/// Floating types carry derivatives; integers and booleans do not.
public enum DType {
    /// IEEE 754 binary32.
    F32(4, Kind.FLOATING),
    /// IEEE 754 binary64.
    F64(8, Kind.FLOATING),
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

    /// The value below every other: −∞ for floating types, the smallest integer otherwise.
    public double lowest() {
        return switch (this) {
            case F32, F64 -> Double.NEGATIVE_INFINITY;
            case I32 -> Integer.MIN_VALUE;
            case I64 -> Long.MIN_VALUE;
            case BOOL -> 0;
        };
    }

    /// The value above every other: +∞ for floating types, the largest integer otherwise.
    public double highest() {
        return switch (this) {
            case F32, F64 -> Double.POSITIVE_INFINITY;
            case I32 -> Integer.MAX_VALUE;
            case I64 -> Long.MAX_VALUE;
            case BOOL -> 1;
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
        throw new InvalidArgument("no element type is called '" + name + "'; known are f32, f64, i32, i64, bool");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
