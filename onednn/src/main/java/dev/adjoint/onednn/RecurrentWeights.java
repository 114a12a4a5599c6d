package dev.adjoint.onednn;

import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.onednn.Product.Form;
import java.lang.foreign.MemorySegment;

/// The weights of a recurrent network below each other, `[I + H + 1,4·H]` with the bias last, laid out once for the products of all
/// steps: forward, rows (xₜ, hₜ₋₁, 1) by the matrix; on the way back, rows of 4·H by its transpose without the bias.
final class RecurrentWeights {
    /// Which products there are.
    enum Way {
        FORWARD,
        BACK
    }

    private final MemorySegment plain;
    private final MemorySegment packed;
    private final Product product;
    private final Primitive packing;

    /// @throws IllegalStateException if the library has no such product, or none that is fast
    RecurrentWeights(Gemm gemm, Sequences of, Way way) {
        int wide = of.wide();
        Extents extents = way == Way.BACK
                ? new Extents(of.rows(), of.depth() - 1, wide)
                : new Extents(of.rows(), wide, of.depth());
        this.plain = Scratch.allocate((long) of.depth() * wide);
        Form form = gemm.form(
                extents,
                new Matrix(plain, 0, extents.depth(), false),
                new Matrix(plain, 0, wide, way == Way.BACK),
                new Matrix(plain, 0, extents.columns(), false));
        this.product = gemm.product(form.packed());
        if (!product.isFast()) {
            throw new IllegalStateException("the library has no fast product of " + extents);
        }
        this.packing = product.packing(form.b());
        this.packed = Scratch.allocate(Math.ceilDiv(product.weightBytes(), Float.BYTES));
    }

    /// The matrix as it is filled.
    MemorySegment plain() {
        return plain;
    }

    /// Takes over what the matrix was filled with.
    void pack() {
        packing.run(plain, packed);
    }

    void multiply(MemorySegment rows, MemorySegment result) {
        product.run(rows, packed, result);
    }
}
