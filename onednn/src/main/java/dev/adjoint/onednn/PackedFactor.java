package dev.adjoint.onednn;

import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.onednn.Product.Form;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The right factor of many products, each block of its columns in the layout that the library's product likes best.
final class PackedFactor {
    /// Columns of the factor.
    ///
    /// @param product that takes them
    /// @param packing the way to there
    /// @param memory where they stand
    private record Columns(Product product, Primitive packing, MemorySegment memory) {}

    private final Gemm gemm;
    private final Blocks blocks;
    private final List<Columns> columns;

    private PackedFactor(Gemm gemm, Blocks blocks, List<Columns> columns) {
        this.gemm = gemm;
        this.blocks = blocks;
        this.columns = columns;
    }

    /// A packed factor; nothing where the rows of the other one fall into blocks, so that packing is not what takes the time, or
    /// where the library has no such product.
    ///
    /// @param forms the product of a block of some size, with a factor as it is stored
    static Optional<PackedFactor> of(Gemm gemm, Blocks blocks, Function<Extents, Form> forms) {
        if (blocks.rowUnits() > 1) {
            return Optional.empty();
        }
        try {
            List<Columns> columns = new ArrayList<>();
            for (long block = 0; block < blocks.columnUnits(); block++) {
                Form form = forms.apply(blocks.at(block));
                Product product = gemm.product(form.packed());
                MemorySegment memory = Scratch.allocate(Math.ceilDiv(product.weightBytes(), Float.BYTES));
                columns.add(new Columns(product, product.packing(form.b()), memory));
            }
            boolean fast = columns.stream().allMatch(block -> block.product.isFast());
            return fast ? Optional.of(new PackedFactor(gemm, blocks, columns)) : Optional.empty();
        } catch (IllegalStateException refused) {
            return Optional.empty();
        }
    }

    /// Takes the numbers of a factor over.
    void pack(Matrix factor) {
        for (int block = 0; block < columns.size(); block++) {
            Columns at = columns.get(block);
            at.packing.run(gemm.address(factor.from(0, blocks.column(block))), at.memory.address());
        }
    }

    /// C ← A·B, or C ← A·B + bias, for a block of the columns of B, and matrices at some addresses.
    void multiply(int block, long a, long c, long bias) {
        Columns at = columns.get(block);
        at.product.run(a, at.memory.address(), c, bias);
    }
}
