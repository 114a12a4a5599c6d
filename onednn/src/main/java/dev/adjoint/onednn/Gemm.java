package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Accumulation;
import dev.adjoint.onednn.Product.Form;
import dev.adjoint.onednn.Product.Layout;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Products of matrices in native memory, each on the calling thread alone. A kernel has a handful of forms, its whole
/// blocks and those at the edges; each is prepared once.
///
/// oneDNN's `dnnl_sgemm` would be simpler, but its code uses the stack pointer for data: a signal, such as a profiler sends,
/// then writes over memory (seen in 3.11: `corrupted size vs. prev_size`, in plain C, too). The primitive does not.
final class Gemm {
    private final Dnnl dnnl;
    private final Map<Form, Product> products = new ConcurrentHashMap<>();

    Gemm(Dnnl dnnl) {
        this.dnnl = dnnl;
    }

    /// A matrix in memory.
    ///
    /// @param memory where it is
    /// @param offset the index of its first element
    /// @param stride the distance of two rows as they are stored
    /// @param transposed whether it is stored by columns
    record Matrix(MemorySegment memory, long offset, long stride, boolean transposed) {
        private MemorySegment data() {
            return memory.asSlice(offset * Float.BYTES);
        }

        private Layout layout() {
            return transposed ? new Layout(1, stride) : new Layout(stride, 1);
        }

        /// The same matrix from a row and a column on.
        Matrix from(long row, long column) {
            return new Matrix(
                    memory, offset + (transposed ? column * stride + row : row * stride + column), stride, transposed);
        }
    }

    /// The extents of a product: `rows × depth` times `depth × columns`.
    record Extents(long rows, long columns, long depth) {}

    /// C ← A·B.
    void multiply(Extents extents, Matrix a, Matrix b, Matrix c) {
        run(extents, a, b, c, Accumulation.REPLACE);
    }

    /// C ← C + A·B.
    void accumulate(Extents extents, Matrix a, Matrix b, Matrix c) {
        run(extents, a, b, c, Accumulation.ADD);
    }

    private void run(Extents extents, Matrix a, Matrix b, Matrix c, Accumulation mode) {
        Form form = new Form(extents, a.layout(), b.layout(), c.layout(), mode);
        Product known = products.get(form);
        Product product = known == null ? products.computeIfAbsent(form, f -> new Product(dnnl, f)) : known;
        product.run(a.data(), b.data(), c.data());
    }
}
