package dev.adjoint.jvm;

import dev.adjoint.tensor.DType;

/// The innermost loops of all contractions, and the scratch memory of one thread: `sums[r][j] += Σₖ
/// left(r,k)·panel[k][j]`.
///
/// Every sum runs over k in rising order and is rounded once a step ([Math#fma]), whatever the blocks around it, so the
/// bits of a product do not depend on them. The scratch is made anew for every run: rows of 2 KiB, which a collector
/// takes without effort.
interface Product {
    /// The most columns of a panel: its four rows in use and the four rows of sums fit the first-level cache.
    int COLUMNS = 512;

    /// The most rows of a panel: it fits the second-level cache.
    int DEPTH = 256;

    /// Operations below which a part is not worth handing to another thread (about 20 µs).
    long PART = 1 << 20;

    /// The bytes of a vector at most, and those before the elements of an array.
    int VECTOR = 64;
    int HEADER = 16;

    /// Whether the Vector API is there. It is still incubating: a program gets it by `--add-modules jdk.incubator.vector`. This
    /// module does not require it, not even `static`: whoever compiled against this module would be warned of it.
    boolean VECTORS = ModuleLayer.boot()
            .findModule("jdk.incubator.vector")
            .map(Product.class.getModule()::addReads)
            .isPresent();

    static Product of(DType dtype, int depth, int rows, int columns) {
        if (dtype == DType.F32 && VECTORS && VectorProduct.serves(rows, columns)) {
            return new VectorProduct(depth, rows, columns);
        }
        return Width.of(columns, dtype.bytes()).product(dtype).ofSize(depth, rows, columns);
    }

    /// A length of rows with which neighbours in memory lie equally in cache lines, so that the compiler, which aligns
    /// one of the rows of a loop, aligns all: at 512 columns 162 instead of 120 billion operations a second.
    static int rowLength(int columns, int bytes) {
        return (Math.ceilDiv(columns * bytes + HEADER, VECTOR) * VECTOR - HEADER) / bytes;
    }

    /// One of the same class for other extents.
    Product ofSize(int depth, int rows, int columns);

    /// The rows of the right factor, at least `depth`: whoever packs them writes here.
    Object[] panel();

    /// The rows of the result, at least `rows`.
    Object[] sums();

    /// Sets all sums to zero.
    void clear();

    /// Called when the panel has its first `depth` rows of `columns`, before anything is accumulated; may write the rows
    /// below them.
    void filled(int depth, int columns);

    /// `sums[r][j] += Σₖ left(r,k)·panel[k][j]` for k below `depth` and j below `columns`.
    void accumulate(Factor left, int depth, int columns);

    /// `sums[r][j] += Σₖ left[r][k]·panel[j][k]`: both factors with the depth along their rows, for results too small
    /// to be gone through in vectors.
    void dots(Object[] left, int depth, int columns);
}
