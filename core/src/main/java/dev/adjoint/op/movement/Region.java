package dev.adjoint.op.movement;

import dev.adjoint.tensor.Shape;
import java.util.Arrays;

/// A box of elements that moves: element i of the box is read at from + Σ iₖ·fromStrideₖ and written at
/// to + Σ iₖ·toStrideₖ, both in elements of row-major tensors. Where regions write to one place, their elements add.
public final class Region {
    private final int operand;
    private final Shape box;
    private final long from;
    private final long[] fromStrides;
    private final long to;
    private final long[] toStrides;

    private Region(int operand, Shape box, long from, long[] fromStrides, long to, long[] toStrides) {
        this.operand = operand;
        this.box = box;
        this.from = from;
        this.fromStrides = fromStrides;
        this.to = to;
        this.toStrides = toStrides;
    }

    /// A box of an operand written in row-major order from the start of the result.
    public static Region read(Shape box, long from, long[] fromStrides) {
        return new Region(0, box, from, fromStrides.clone(), 0, box.strides());
    }

    /// A whole operand written to strided places of the result.
    public static Region write(int operand, Shape box, long to, long[] toStrides) {
        return new Region(operand, box, 0, box.strides(), to, toStrides.clone());
    }

    /// The same box read where it was written, and the other way round.
    public Region transposed() {
        return new Region(operand, box, to, toStrides, from, fromStrides);
    }

    public int operand() {
        return operand;
    }

    public Shape box() {
        return box;
    }

    public long from() {
        return from;
    }

    public long[] fromStrides() {
        return fromStrides.clone();
    }

    public long to() {
        return to;
    }

    public long[] toStrides() {
        return toStrides.clone();
    }

    /// Whether the region copies one contiguous block onto another.
    public boolean isContiguous() {
        return Arrays.equals(fromStrides, box.strides()) && Arrays.equals(toStrides, box.strides());
    }
}
