package dev.adjoint.jvm;

/// Scores of some queries with some keys, row by row without gaps, and how they are masked. A thread tells its own anew for
/// every block, so that a run makes no objects.
final class ScoreBlock {
    /// An array of the scores' type.
    final Object scores;

    /// The scores as the operand and the result of a loop.
    final Object[] operand;

    /// Where a loop's operand begins.
    final int[] start = new int[1];

    int rows;
    int columns;

    /// What scores are multiplied by.
    double scale;

    /// The first row looks at the keys up to this number, each further row at one more.
    int sees;

    /// Whether there is a mask beside causality.
    boolean isMasked;

    /// Numbers that are added, or bytes that are 0 for what is hidden.
    Object mask = new byte[0];

    /// Where the first row's mask begins.
    int maskAt;

    int maskRowStride;
    int maskColumnStride;

    ScoreBlock(Object scores) {
        this.scores = scores;
        this.operand = new Object[] {scores};
    }

    /// How many keys a row looks at, but for a given mask.
    int seen(int row) {
        return Math.clamp((long) sees + row + 1, 0, columns);
    }
}
