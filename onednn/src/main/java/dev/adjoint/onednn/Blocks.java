package dev.adjoint.onednn;

import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.tensor.Shape;

/// How a product's result falls into blocks: by its size alone, into as many as keep several threads busy, and none too narrow.
///
/// @param extents of a whole matrix
/// @param rows of a block that is not at the edge
/// @param columns of such a block
record Blocks(Extents extents, long rows, long columns) {
    /// Operations below which a part is not worth handing out: about 15 µs.
    private static final double PART = 1 << 22;

    /// Below this many rows or columns the library's product is no longer fast.
    private static final long NARROW = 64;

    /// Blocks that are enough for any number of threads.
    private static final long MANY = 8;

    /// The blocks of some matrices of equal extents.
    static Blocks of(Extents extents, Shape batch) {
        long rows = extents.rows();
        long columns = extents.columns();
        long matrices = batch.count();
        Blocks blocks = new Blocks(extents, rows, columns);
        while (matrices * extents.rows() * extents.columns() < MANY * rows * columns
                && blocks.operations() >= 2 * PART
                && Math.max(rows, columns) >= 2 * NARROW) {
            if (rows >= columns) {
                rows = Math.ceilDiv(rows, 2);
            } else {
                columns = Math.ceilDiv(columns, 2);
            }
            blocks = new Blocks(extents, rows, columns);
        }
        return blocks;
    }

    /// Operations of a whole block.
    private double operations() {
        return 2.0 * rows * columns * extents.depth();
    }

    long rowUnits() {
        return Math.ceilDiv(extents.rows(), rows);
    }

    long columnUnits() {
        return Math.ceilDiv(extents.columns(), columns);
    }

    /// Blocks of one matrix.
    long count() {
        return rowUnits() * columnUnits();
    }

    /// The blocks that one part takes.
    long grain(long blocks) {
        return Math.clamp((long) Math.ceil(PART / operations()), 1L, blocks);
    }

    /// The first row of a block.
    long row(long block) {
        return block / columnUnits() * rows;
    }

    /// The first column of a block.
    long column(long block) {
        return block % columnUnits() * columns;
    }

    /// Where the first number of a block stands in its matrix.
    long place(long block) {
        return row(block) * extents.columns() + column(block);
    }

    /// The product of a block.
    Extents at(long block) {
        return at(row(block), column(block));
    }

    private Extents at(long row, long column) {
        return new Extents(
                Math.min(rows, extents.rows() - row), Math.min(columns, extents.columns() - column), extents.depth());
    }
}
