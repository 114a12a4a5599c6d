package dev.adjoint.jvm;

/// How rows are shared among threads: parts of some blocks of rows, by the sizes alone.
///
/// @param rows how many there are
/// @param length the elements of a row, at least one
record RowParts(int rows, int length) {
    /// Elements of a block: nine arrays of them stay in the cache of the second level.
    private static final int BLOCK = 1 << 12;

    /// Elements of a part, about 20 µs.
    private static final int PART = 1 << 15;

    /// Parts whose sums over rows are alive at once, at most.
    private static final int PARTS = 64;

    /// Rows of a block.
    int block() {
        return Math.clamp(BLOCK / length, 1, rows);
    }

    private int rowsOfPart() {
        int wanted = Math.max(Math.max(1, PART / length), Math.ceilDiv(rows, PARTS));
        return Math.ceilDiv(wanted, block()) * block();
    }

    int count() {
        return Math.ceilDiv(rows, rowsOfPart());
    }

    /// The first row of a part.
    int first(int part) {
        return Math.min(rows, part * rowsOfPart());
    }

    /// The rows of the block of a part that begins with a row.
    int rowsFrom(int row, int part) {
        return Math.min(block(), first(part + 1) - row);
    }
}
