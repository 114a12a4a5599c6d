package dev.adjoint.op.indexing;

import dev.adjoint.tensor.Shape;

/// A row-major tensor seen from one axis: `outer` blocks of `extent` slices of `inner` neighbouring elements.
record Slices(int outer, int extent, int inner) {
    static Slices of(Shape shape, int axis) {
        int outer = (int) shape.part(0, axis).count();
        int inner = (int) shape.part(axis + 1, shape.rank()).count();
        return new Slices(outer, (int) shape.dim(axis), inner);
    }

    int start(int block, int index) {
        return (block * extent + index) * inner;
    }
}
