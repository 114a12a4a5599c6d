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
    private final Numbers numbers;
    private final Map<Form, Product> products = new ConcurrentHashMap<>();

    /// @param numbers of all three matrices
    Gemm(Dnnl dnnl, Numbers numbers) {
        this.dnnl = dnnl;
        this.numbers = numbers;
    }

    Numbers numbers() {
        return numbers;
    }

    /// A matrix in memory.
    ///
    /// @param memory where it is
    /// @param offset the index of its first element
    /// @param stride the distance of two rows as they are stored
    /// @param transposed whether it is stored by columns
    record Matrix(MemorySegment memory, long offset, long stride, boolean transposed) {
        Layout layout() {
            return transposed ? new Layout(1, stride) : new Layout(stride, 1);
        }

        /// The same matrix from a row and a column on.
        Matrix from(long row, long column) {
            return new Matrix(
                    memory, offset + (transposed ? column * stride + row : row * stride + column), stride, transposed);
        }
    }

    /// The extents of a product: `rows × depth` times `depth × columns`.
    record Extents(long rows, long columns, long depth) {
        /// Numbers of the result.
        long size() {
            return rows * columns;
        }
    }

    /// The address at which a matrix begins.
    long address(Matrix matrix) {
        return address(matrix.memory, matrix.offset);
    }

    /// The address of a number.
    long address(MemorySegment memory, long offset) {
        return memory.address() + numbers.bytes(offset);
    }

    /// C ← A·B.
    void multiply(Extents extents, Matrix a, Matrix b, Matrix c) {
        product(form(extents, a, b, c)).run(address(a), address(b), address(c));
    }

    /// C ← C + A·B.
    void accumulate(Extents extents, Matrix a, Matrix b, Matrix c) {
        product(form(extents, a, b, c).adding()).run(address(a), address(b), address(c));
    }

    /// The product of matrices stored like these.
    Form form(Extents extents, Matrix a, Matrix b, Matrix c) {
        return new Form(numbers, extents, a.layout(), b.layout(), c.layout(), Accumulation.REPLACE);
    }

    /// @throws IllegalStateException if the library has no such product
    Product product(Form form) {
        Product known = products.get(form);
        return known == null ? products.computeIfAbsent(form, f -> new Product(dnnl, f)) : known;
    }
}
