package dev.adjoint.jvm;

import dev.adjoint.tensor.DType;

/// The innermost loops of all contractions, and the scratch memory of one thread: `sums[r][j] += Σₖ
/// left(r,k)·panel[k][j]`.
///
/// Every sum runs over k in rising order, whatever the blocks around it, so the bits of a product do not depend on
/// them. The scratch is made anew for every run: at most 1 MiB in rows of 2 KiB, which a collector takes without
/// effort.
sealed interface Product permits FloatProduct, DoubleProduct {
    /// The most columns of a panel: its four rows in use and the two rows of sums fit the first-level cache.
    int COLUMNS = 512;

    /// The most rows of a panel: it fits the second-level cache.
    int DEPTH = 256;

    /// Operations below which a part is not worth handing to another thread (about 20 µs).
    long PART = 1 << 20;

    static Product of(DType dtype, int depth, int rows, int columns) {
        return dtype == DType.F32 ? new FloatProduct(depth, rows, columns) : new DoubleProduct(depth, rows, columns);
    }

    /// The rows of the right factor: whoever packs them writes here.
    Object[] panel();

    /// The rows of the result.
    Object[] sums();

    /// Sets all sums to zero.
    void clear();

    /// `sums[r][j] += Σₖ left(r,k)·panel[k][j]` for k below `depth` and j below `columns`.
    void accumulate(Factor left, int depth, int columns);

    /// `sums[r][j] += Σₖ left[r][k]·panel[j][k]`: both factors with the depth along their rows, for results too small
    /// to be gone through in vectors.
    void dots(Object[] left, int depth, int columns);
}
