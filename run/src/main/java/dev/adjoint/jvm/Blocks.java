package dev.adjoint.jvm;

/// Small matrices of one thread and their products, for kernels that go through large matrices by blocks.
///
/// A matrix is stored by rows without gaps from the start of its memory. Each object, and each computation, serves one thread at a
/// time. Computations are made once and kept: a run makes no objects.
///
/// @param <M> the memory of a matrix
public interface Blocks<M> {
    /// Which factor stands transposed in memory.
    enum Layout {
        /// None.
        PLAIN,
        /// The left one, which is stored as `[depth,rows]`.
        LEFT_TRANSPOSED,
        /// The right one, which is stored as `[columns,depth]`.
        RIGHT_TRANSPOSED
    }

    /// A product of `[rows,depth]` and `[depth,columns]`.
    record Extents(int rows, int columns, int depth, Layout layout) {}

    /// Memory for matrices of at most that many elements, of whatever it holds.
    M allocate(int elements);

    /// Copies elements of a primitive array into a matrix.
    void copyIn(Object from, int at, M to, int toAt, int count);

    /// Copies elements of a matrix into a primitive array.
    void copyOut(M from, int at, Object to, int toAt, int count);

    /// The computation C ← A·B, to be run any number of times on what the matrices then hold.
    Runnable multiply(Extents extents, M a, M b, M c);

    /// The computation C ← C + A·B, to be run any number of times on what the matrices then hold.
    Runnable accumulate(Extents extents, M a, M b, M c);
}
