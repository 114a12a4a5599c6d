package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Accumulation;
import dev.adjoint.onednn.Primitive.Argument;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// One product of fixed extents and layouts, ready to run.
final class Product {
    /// All that a product depends on.
    record Form(Gemm.Extents extents, Layout a, Layout b, Layout c, Accumulation mode) {}

    /// How a matrix is stored: the distance of two rows, and of two columns.
    record Layout(long rowStride, long columnStride) {}

    private final Dnnl dnnl;
    private final Natives natives;
    private final Primitive primitive;

    Product(Dnnl dnnl, Form form) {
        this.dnnl = dnnl;
        this.natives = new Natives(this, dnnl);
        Gemm.Extents of = form.extents;
        MemorySegment a = matrix(of.rows(), of.depth(), form.a);
        MemorySegment b = matrix(of.depth(), of.columns(), form.b);
        MemorySegment c = matrix(of.rows(), of.columns(), form.c);
        this.primitive = new Primitive(
                dnnl,
                dnnl.product(a, b, c, form.mode),
                List.of(
                        new Argument(Dnnl.SOURCE, a),
                        new Argument(Dnnl.WEIGHTS, b),
                        new Argument(Dnnl.DESTINATION, c)));
    }

    private MemorySegment matrix(long rows, long columns, Layout layout) {
        return natives.own(
                "dnnl_memory_desc_destroy", dnnl.matrix(rows, columns, layout.rowStride, layout.columnStride));
    }

    /// C ← A·B, or C ← C + A·B.
    void run(MemorySegment dataA, MemorySegment dataB, MemorySegment dataC) {
        primitive.run(dataA, dataB, dataC);
    }
}
