package dev.adjoint.op.indexing;

import dev.adjoint.op.Op;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;

/// A row-major tensor seen from one axis: `outer` blocks of `extent` slices of `inner` neighbouring elements.
record Slices(int outer, int extent, int inner, int axis) {
    static Slices of(Shape shape, int axis) {
        int outer = (int) shape.part(0, axis).count();
        int inner = (int) shape.part(axis + 1, shape.rank()).count();
        return new Slices(outer, (int) shape.dim(axis), inner, axis);
    }

    int start(int block, int index) {
        return (block * extent + index) * inner;
    }

    int checked(Op op, long index) {
        if (index < 0 || index >= extent) {
            throw new InvalidArgument(
                    op.name() + ": index " + index + " is outside axis " + axis + " of extent " + extent);
        }
        return (int) index;
    }

    @SuppressWarnings("SuspiciousSystemArraycopy")
    void copy(Elements source, int from, Elements target, int to) {
        System.arraycopy(source.array(), from, target.array(), to, inner);
    }

    void add(Elements source, int from, Elements target, int to) {
        switch (target.dtype()) {
            case F32 -> {
                for (int i = 0; i < inner; i++) {
                    target.floats()[to + i] += source.floats()[from + i];
                }
            }
            case F64 -> {
                for (int i = 0; i < inner; i++) {
                    target.doubles()[to + i] += source.doubles()[from + i];
                }
            }
            case BF16, F16 -> {
                for (int i = 0; i < inner; i++) {
                    target.set(to + i, target.get(to + i) + source.get(from + i));
                }
            }
            case I8, U8, I32, I64 -> {
                for (int i = 0; i < inner; i++) {
                    target.setLong(to + i, target.getLong(to + i) + source.getLong(from + i));
                }
            }
            case BOOL -> throw new IllegalStateException("booleans do not add");
        }
    }
}
