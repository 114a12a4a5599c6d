package dev.adjoint.onednn;

import dev.adjoint.jvm.Blocks;
import dev.adjoint.onednn.Gemm.Matrix;
import java.lang.foreign.MemorySegment;

/// [Blocks] of floats in native memory, multiplied by oneDNN.
///
/// @param gemm the products, which any number of threads may share
record NativeBlocks(Gemm gemm) implements Blocks<MemorySegment> {
    @Override
    public MemorySegment allocate(int elements) {
        return Scratch.allocate(elements);
    }

    @Override
    public void copyIn(Object from, int at, MemorySegment to, int toAt, int count) {
        Scratch.copy((float[]) from, at, to, toAt, count);
    }

    @Override
    public void copyOut(MemorySegment from, int at, Object to, int toAt, int count) {
        Scratch.copy(from, at, (float[]) to, toAt, count);
    }

    @Override
    public Runnable multiply(Extents extents, MemorySegment a, MemorySegment b, MemorySegment c) {
        return gemm.product(form(extents, a, b, c)).on(a, b, c);
    }

    @Override
    public Runnable accumulate(Extents extents, MemorySegment a, MemorySegment b, MemorySegment c) {
        return gemm.product(form(extents, a, b, c).adding()).on(a, b, c);
    }

    private Product.Form form(Extents extents, MemorySegment a, MemorySegment b, MemorySegment c) {
        return gemm.form(
                whole(extents), left(extents, a), right(extents, b), new Matrix(c, 0, extents.columns(), false));
    }

    private static Gemm.Extents whole(Extents extents) {
        return new Gemm.Extents(extents.rows(), extents.columns(), extents.depth());
    }

    private static Matrix left(Extents extents, MemorySegment a) {
        boolean turned = extents.layout() == Layout.LEFT_TRANSPOSED;
        return new Matrix(a, 0, turned ? extents.rows() : extents.depth(), turned);
    }

    private static Matrix right(Extents extents, MemorySegment b) {
        boolean turned = extents.layout() == Layout.RIGHT_TRANSPOSED;
        return new Matrix(b, 0, turned ? extents.depth() : extents.columns(), turned);
    }
}
