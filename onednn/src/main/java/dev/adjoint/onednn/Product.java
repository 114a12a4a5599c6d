package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Accumulation;
import dev.adjoint.onednn.Primitive.Argument;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// One product of fixed extents and layouts, ready to run. Sums are of float32, and rounded once if the numbers are narrower.
final class Product {
    /// All that a product depends on.
    record Form(Numbers numbers, Gemm.Extents extents, Layout a, Layout b, Layout c, Accumulation mode) {
        /// The same product, added to what the destination holds.
        Form adding() {
            return new Form(numbers, extents, a, b, c, Accumulation.ADD);
        }

        /// The same with a right factor in the layout that the library likes best.
        Form packed() {
            return new Form(numbers, extents, a, Layout.CHOSEN, c, mode);
        }
    }

    /// How a matrix is stored: the distance of two rows, and of two columns.
    record Layout(long rowStride, long columnStride) {
        /// As the library likes it best.
        static final Layout CHOSEN = new Layout(0, 0);
    }

    /// What the library's products without code of their own for the processor are called: plain loops, and those that
    /// end in `dnnl_sgemm`, see [Gemm].
    private static final List<String> SLOW = List.of("ref", "gemm");

    private final Dnnl dnnl;
    private final Form form;
    private final Natives natives;
    private final MemorySegment description;
    private final Primitive primitive;

    /// @throws IllegalStateException if the library has no such product
    Product(Dnnl dnnl, Form form) {
        this.dnnl = dnnl;
        this.form = form;
        this.natives = new Natives(this, dnnl);
        Gemm.Extents of = form.extents;
        MemorySegment a = matrix(of.rows(), of.depth(), form.a);
        MemorySegment b = matrix(of.depth(), of.columns(), form.b);
        MemorySegment c = matrix(of.rows(), of.columns(), form.c);
        this.description = dnnl.product(a, b, c, form.mode);
        this.primitive = new Primitive(
                dnnl,
                description,
                List.of(
                        new Argument(Dnnl.SOURCE, a),
                        new Argument(Dnnl.WEIGHTS, weights()),
                        new Argument(Dnnl.DESTINATION, c)));
    }

    private MemorySegment matrix(long rows, long columns, Layout layout) {
        return natives.own("dnnl_memory_desc_destroy", dnnl.matrix(form.numbers, rows, columns, layout));
    }

    /// The layout of the right factor; it belongs to the description.
    private MemorySegment weights() {
        return dnnl.chosen(description, Dnnl.WEIGHTS);
    }

    /// Whether the library has code for this product on this processor.
    boolean isFast() {
        return isFast(dnnl, description);
    }

    /// Whether the library has code of its own for a product that is described.
    static boolean isFast(Dnnl dnnl, MemorySegment description) {
        String implementation = dnnl.implementation(description);
        return SLOW.stream().noneMatch(implementation::startsWith);
    }

    /// Bytes of the right factor.
    long weightBytes() {
        return dnnl.bytes(weights());
    }

    /// The way of a right factor that is stored as said into the layout of this product.
    Primitive packing(Layout from) {
        MemorySegment plain = matrix(form.extents.depth(), form.extents.columns(), from);
        return new Primitive(
                dnnl,
                dnnl.reorder(plain, weights()),
                List.of(new Argument(Dnnl.SOURCE, plain), new Argument(Dnnl.DESTINATION, weights())));
    }

    /// C ← A·B, or C ← C + A·B, for matrices at some addresses.
    void run(long dataA, long dataB, long dataC) {
        primitive.run(dataA, dataB, dataC);
    }

    /// The same on matrices that stay where they are, for one thread at a time.
    Runnable on(MemorySegment dataA, MemorySegment dataB, MemorySegment dataC) {
        return primitive.on(dataA, dataB, dataC);
    }
}
