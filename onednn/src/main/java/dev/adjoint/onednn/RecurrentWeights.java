package dev.adjoint.onednn;

import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.onednn.Product.Form;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The weights of a recurrent network below each other, `[I + 1 + H,4·H]`: of the input, the bias, of the state. They are laid out once
/// for the products of all steps: forward, rows (xₜ, 1, hₜ₋₁) by the matrix; on the way back, rows of 4·H by its transpose without
/// the column of the bias.
///
/// Parts of the matrix that hold no weights are left out, because 0 times ∞ would be NaN.
final class RecurrentWeights {
    /// Which products there are.
    enum Way {
        FORWARD,
        BACK
    }

    /// A part of the matrix that holds weights. On the way back the first of a cell gives a whole row, to which others add.
    record Part(int row, int rows, int column, int columns) {
        /// What is left without one row: a product of one column more than vectors have takes a tenth longer.
        List<Part> without(int left) {
            Part above = new Part(row, Math.min(rows, left - row), column, columns);
            int next = Math.max(row, left + 1);
            Part below = new Part(next, row + rows - next, column, columns);
            return Stream.of(above, below).filter(part -> part.rows > 0).toList();
        }
    }

    /// A part in the layout that its product likes best.
    private record Packed(Part part, Product product, Primitive packing, MemorySegment memory) {}

    private final Sequences of;
    private final Way way;
    private final MemorySegment plain;
    private final Packed[] parts;

    /// @throws IllegalStateException if the library has no such product, or none that is fast
    RecurrentWeights(Gemm gemm, Sequences of, List<Part> parts, Way way) {
        this.of = of;
        this.way = way;
        this.plain = Scratch.allocate((long) of.depth() * of.wide());
        List<Packed> all = new ArrayList<>();
        for (Part part : parts) {
            if (way == Way.FORWARD) {
                Form form = forward(gemm, part);
                all.add(packed(gemm, part, form, form));
                continue;
            }
            for (Part weights : part.without(of.inputs())) {
                Form form = back(gemm, weights);
                all.add(packed(gemm, weights, form, part.equals(parts.getFirst()) ? form : form.adding()));
            }
        }
        this.parts = all.toArray(Packed[]::new);
    }

    private static Packed packed(Gemm gemm, Part part, Form form, Form own) {
        Product product = gemm.product(own.packed());
        if (!product.isFast()) {
            throw new IllegalStateException("the library has no fast product of " + form);
        }
        MemorySegment memory = Scratch.allocate(Math.ceilDiv(product.weightBytes(), Float.BYTES));
        return new Packed(part, product, product.packing(form.b()), memory);
    }

    private Form forward(Gemm gemm, Part part) {
        return gemm.form(
                new Extents(of.rows(), part.columns, part.rows),
                new Matrix(plain, 0, of.depth(), false),
                new Matrix(plain, 0, of.wide(), false),
                new Matrix(plain, 0, of.wide(), false));
    }

    private Form back(Gemm gemm, Part part) {
        return gemm.form(
                new Extents(of.rows(), part.rows, part.columns),
                new Matrix(plain, 0, of.wide(), false),
                new Matrix(plain, 0, of.wide(), true),
                new Matrix(plain, 0, of.depth(), false));
    }

    /// The matrix as it is filled.
    MemorySegment plain() {
        return plain;
    }

    /// Takes over what the matrix was filled with.
    void pack() {
        for (Packed packed : parts) {
            long first = (long) packed.part.row * of.wide() + packed.part.column;
            packed.packing.run(plain.address() + bytes(first), packed.memory.address());
        }
    }

    /// Multiplies rows at one address to others at another.
    void multiply(long rows, long result) {
        for (Packed packed : parts) {
            Part part = packed.part;
            boolean back = way == Way.BACK;
            packed.product.run(
                    rows + bytes(back ? part.column : part.row),
                    packed.memory.address(),
                    result + bytes(back ? part.row : part.column));
        }
    }

    private static long bytes(long numbers) {
        return numbers * Float.BYTES;
    }
}
