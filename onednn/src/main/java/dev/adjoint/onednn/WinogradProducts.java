package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Accumulation;
import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Primitive.Argument;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The products of matrices of a block of tiles, which lie one after the other in memory: in one call of the library, or
/// each alone where threads share a block.
final class WinogradProducts {
    private final Extents extents;
    private final Primitive primitive;

    /// What products are computed.
    ///
    /// @param count how many in one call
    /// @param of the extents of one
    /// @param left how the left factors are stored
    record Form(int count, Extents of, Left left) {
        private long[] leftStrides() {
            long size = of.rows() * of.depth();
            return left == Left.BY_ROWS ? new long[] {size, of.depth(), 1} : new long[] {size, 1, of.rows()};
        }
    }

    /// How the left factors are stored.
    enum Left {
        BY_ROWS,
        BY_COLUMNS
    }

    /// @param mode what happens to the destination
    /// @throws IllegalStateException if the library has no code of its own for such products
    WinogradProducts(Dnnl dnnl, Form form, Accumulation mode) {
        Natives natives = new Natives(this, dnnl);
        this.extents = form.of;
        long rows = extents.rows();
        long columns = extents.columns();
        long depth = extents.depth();
        long[] dims = {form.count, rows, depth};
        MemorySegment a = natives.own("dnnl_memory_desc_destroy", dnnl.tensor(dims, form.leftStrides()));
        MemorySegment b = natives.own("dnnl_memory_desc_destroy", plain(dnnl, form.count, depth, columns));
        MemorySegment c = natives.own("dnnl_memory_desc_destroy", plain(dnnl, form.count, rows, columns));
        MemorySegment description = dnnl.product(a, b, c, mode);
        Argument left = new Argument(Dnnl.SOURCE, a);
        Argument right = new Argument(Dnnl.WEIGHTS, b);
        this.primitive = new Primitive(dnnl, description, List.of(left, right, new Argument(Dnnl.DESTINATION, c)));
        if (!Product.isFast(dnnl, description)) {
            throw new IllegalStateException("no fast products");
        }
    }

    private static MemorySegment plain(Dnnl dnnl, long count, long rows, long columns) {
        return dnnl.tensor(new long[] {count, rows, columns}, new long[] {rows * columns, columns, 1});
    }

    /// Computes the first products, or all.
    void run(MemorySegment a, MemorySegment b, MemorySegment c) {
        primitive.run(a, b, c);
    }

    /// Computes those from one on.
    void run(int from, MemorySegment a, MemorySegment b, MemorySegment c) {
        primitive.run(
                address(a, from * extents.rows() * extents.depth()),
                address(b, from * extents.depth() * extents.columns()),
                address(c, from * extents.size()));
    }

    private static long address(MemorySegment memory, long numbers) {
        return memory.address() + Numbers.FLOAT32.bytes(numbers);
    }
}
