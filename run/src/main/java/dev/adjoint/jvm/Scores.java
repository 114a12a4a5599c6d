package dev.adjoint.jvm;

import dev.adjoint.tensor.DType;

/// Blocks of attention's scores: their exponentials and what comes back to them, in an array of one floating type.
sealed interface Scores permits FloatScores, DoubleScores {
    /// Those of a floating type.
    ///
    /// @param most scores of a block
    static Scores of(DType dtype, int most) {
        return dtype == DType.F32 ? new FloatScores(most) : new DoubleScores(most);
    }

    /// The array in which scores are handled.
    Object room();

    /// Replaces each score by e^(s·score + m − max), with the greatest so far of each row, which this block may raise, and adds
    /// them to the sums.
    void extend(ScoreBlock block, SoftmaxRows rows);

    /// Replaces each score by e^(s·score + m − max), with the greatest of all blocks.
    void repeat(ScoreBlock block, SoftmaxRows rows);

    /// Adds the products of exponentials and cotangents to the means.
    void weigh(ScoreBlock block, Object cotangents, SoftmaxRows rows);

    /// Replaces exponentials by weights, and the cotangents of the weights by those of the scores times s.
    void backward(ScoreBlock block, Object cotangents, SoftmaxRows rows);

    /// Divides rows of that length by their sums.
    void scaleRows(Object numbers, int from, int length, SoftmaxRows rows);

    /// Multiplies rows by what the last block multiplied the sums by, and adds others of that length.
    void blend(Object numbers, int from, Object more, int length, SoftmaxRows rows);
}
