package dev.adjoint.onednn;

import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.onednn.Product.Form;
import dev.adjoint.onednn.Sequences.Rows;
import java.lang.foreign.MemorySegment;

/// The weights of a recurrent network, laid out once for the products of all steps, with a block's states on the left and its
/// sums on the right (or, on the way back, the other way round).
///
/// A bias is one more row of the weights, by which each state's one more number 1 is multiplied.
final class RecurrentFactor {
    /// What is computed.
    enum Way {
        /// Sums ← states·U + bias.
        FORWARD,
        /// Sums ← sums + states·U + bias.
        ADDING,
        /// States ← sums·Uᵀ.
        BACKWARD
    }

    private final Extents extents;
    private final Product product;
    private final Primitive packing;
    private final MemorySegment plain;
    private final MemorySegment packed;

    /// @param gates parts of the sums
    /// @throws IllegalStateException if the library has no such product
    RecurrentFactor(Gemm gemm, Sequences of, int gates, Way way) {
        int width = of.width();
        int wide = gates * width;
        boolean back = way == Way.BACKWARD;
        this.extents = back ? new Extents(of.rows(), width, wide) : new Extents(of.rows(), wide, width + 1);
        this.plain = Scratch.allocate((width + 1L) * wide);
        Matrix left = new Matrix(plain, 0, extents.depth(), false);
        Form form = gemm.form(
                extents, left, new Matrix(plain, 0, wide, back), new Matrix(plain, 0, extents.columns(), false));
        this.product = gemm.product((way == Way.ADDING ? form.adding() : form).packed());
        this.packing = product.packing(form.b());
        this.packed = Scratch.allocate(Math.ceilDiv(product.weightBytes(), Float.BYTES));
        if (!product.isFast()) {
            throw new IllegalStateException("no fast product of " + extents);
        }
    }

    /// Takes over the weights `[H,gates·H]` and what stands below them.
    void pack(float[] weights, int count, float[] bias, int wide) {
        Scratch.copy(weights, 0, plain, 0, count);
        Scratch.copy(bias, 0, plain, count, wide);
        packing.run(plain, packed);
    }

    void multiply(MemorySegment left, MemorySegment result) {
        product.run(left, packed, result);
    }

    /// Memory for the states of a block, with a 1 behind each.
    static MemorySegment states(Sequences of) {
        long stride = of.width() + 1L;
        MemorySegment states = Scratch.allocate(of.rows() * stride);
        for (int row = 0; row < of.rows(); row++) {
            states.setAtIndex(Scratch.FLOAT, row * stride + of.width(), 1);
        }
        return states;
    }

    /// Copies a block to one part of each row of a matrix.
    static void in(float[] from, MemorySegment to, Rows rows, long stride, long at) {
        int width = rows.of().width();
        for (int i = 0; i < rows.count(); i++) {
            Scratch.copy(from, i * width, to, i * stride + at, width);
        }
    }

    /// Copies one part of each row of a matrix to a block.
    static void out(MemorySegment from, float[] to, Rows rows, long stride, long at) {
        int width = rows.of().width();
        for (int i = 0; i < rows.count(); i++) {
            Scratch.copy(from, i * stride + at, to, i * width, width);
        }
    }
}
