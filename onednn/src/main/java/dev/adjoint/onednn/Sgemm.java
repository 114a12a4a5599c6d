package dev.adjoint.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// `dnnl_sgemm`: C ← op(A)·op(B) + β·C on native memory, row by row, on the calling thread alone.
final class Sgemm {
    private static final MemoryLayout[] ARGUMENTS = {
        JAVA_BYTE,
        JAVA_BYTE,
        JAVA_LONG,
        JAVA_LONG,
        JAVA_LONG,
        JAVA_FLOAT,
        ADDRESS,
        JAVA_LONG,
        ADDRESS,
        JAVA_LONG,
        JAVA_FLOAT,
        ADDRESS,
        JAVA_LONG
    };

    private final MethodHandle product;
    private final MethodHandle setThreads;

    @SuppressWarnings("restricted") // calling native code is what this class is for
    Sgemm(SymbolLookup symbols) {
        Linker linker = Linker.nativeLinker();
        this.product =
                linker.downcallHandle(symbols.findOrThrow("dnnl_sgemm"), FunctionDescriptor.of(JAVA_INT, ARGUMENTS));
        this.setThreads =
                linker.downcallHandle(symbols.findOrThrow("omp_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT));
    }

    /// A matrix in memory.
    ///
    /// @param memory where it is
    /// @param offset the index of its first element
    /// @param stride the distance of two rows as they are stored
    /// @param transposed whether it is stored by columns
    record Matrix(MemorySegment memory, long offset, long stride, boolean transposed) {
        private MemorySegment segment() {
            return memory.asSlice(offset * Float.BYTES);
        }

        private byte flag() {
            return (byte) (transposed ? 'T' : 'N');
        }

        /// The same matrix from a row and a column on.
        Matrix from(long row, long column) {
            return new Matrix(
                    memory, offset + (transposed ? column * stride + row : row * stride + column), stride, transposed);
        }
    }

    /// The extents of a product: `rows × depth` times `depth × columns`.
    record Extents(long rows, long columns, long depth) {}

    /// C ← op(A)·op(B) + β·C with β = 0 or 1; C is stored by rows.
    void multiply(Extents extents, Matrix a, Matrix b, Matrix c, float beta) {
        try {
            // The setting belongs to the thread, so every thread says so before it calls: about 10 ns.
            setThreads.invokeExact(1);
            int status = (int) product.invokeExact(
                    a.flag(),
                    b.flag(),
                    extents.rows,
                    extents.columns,
                    extents.depth,
                    1f,
                    a.segment(),
                    a.stride,
                    b.segment(),
                    b.stride,
                    beta,
                    c.segment(),
                    c.stride);
            if (status != 0) {
                throw new IllegalStateException("dnnl_sgemm refused " + extents + " with status " + status);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("dnnl_sgemm failed", e);
        }
    }
}
