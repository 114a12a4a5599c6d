package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Accumulation;
import dev.adjoint.onednn.Dnnl.Tensors;
import dev.adjoint.onednn.Primitive.Argument;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// One product of fixed extents and layouts, ready to run. Sums are of float32, and rounded once if the numbers are narrower.
final class Product {
    /// All that a product depends on.
    record Form(Numbers numbers, Gemm.Extents extents, Layout a, Layout b, Layout c, Accumulation mode) {
        /// The same product, added to what the destination holds.
        Form adding() {
            return new Form(numbers, extents, a, b, c, Accumulation.ADD);
        }

        /// The same product, to whose rows a bias is added.
        Form biased() {
            return new Form(numbers, extents, a, b, c, Accumulation.ADD_ROW);
        }

        private boolean isBiased() {
            return mode == Accumulation.ADD_ROW;
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
        MemorySegment row = form.isBiased() ? matrix(1, of.columns(), new Layout(of.columns(), 1)) : MemorySegment.NULL;
        this.description = dnnl.product(new Tensors(a, b, row, c), form.mode);
        List<Argument> arguments = new ArrayList<>(List.of(
                new Argument(Dnnl.SOURCE, a),
                new Argument(Dnnl.WEIGHTS, weights()),
                new Argument(Dnnl.DESTINATION, c)));
        if (form.isBiased()) {
            arguments.add(new Argument(Dnnl.BIAS, row));
        }
        this.primitive = new Primitive(dnnl, description, arguments);
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

    /// The same with a bias, which must be null if the product has none.
    void run(long dataA, long dataB, long dataC, long bias) {
        if (bias == 0) {
            primitive.run(dataA, dataB, dataC);
        } else {
            primitive.run(dataA, dataB, dataC, bias);
        }
    }

    /// The same on matrices, and perhaps a bias, that stay where they are, for one thread at a time.
    Runnable on(MemorySegment... data) {
        return primitive.on(data);
    }
}
