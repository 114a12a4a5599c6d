package dev.adjoint.jvm;

import dev.adjoint.tensor.DType;

/// The rows of attention's scores: their exponentials and what comes back to them, in an array of one floating type.
sealed interface Scores permits FloatScores, DoubleScores {
    static Scores of(DType dtype) {
        return dtype == DType.F32 ? new FloatScores() : new DoubleScores();
    }

    /// A block of scores and how they are masked.
    ///
    /// @param scores row by row, `columns` to each; what they are replaced by is as large
    /// @param rows how many rows there are
    /// @param columns how many keys the block goes through
    /// @param scale what scores are multiplied by
    /// @param first the first row's number: a causal row sees the keys up to its own number
    /// @param mask what else is hidden
    record Block(Object scores, int rows, int columns, double scale, int first, Mask mask) {
        /// How many keys a row may look at.
        int seen(int row) {
            return mask.isCausal() ? Math.min(columns, first + row + 1) : columns;
        }
    }

    /// What hides keys.
    ///
    /// @param isCausal whether later keys are hidden
    /// @param numbers what is added, or bytes that are 0 for what is hidden; an empty array for neither
    /// @param at where the block's first row starts
    /// @param rowStride the distance of two rows
    /// @param columnStride the distance of two keys
    record Mask(boolean isCausal, Object numbers, int at, int rowStride, int columnStride) {
        boolean isNone() {
            return numbers instanceof byte[] bytes && bytes.length == 0;
        }
    }

    /// Replaces each score by e^(s·score + m − max) and gives the reciprocal of each row's sum, or 1 for a row without a sum.
    void weigh(Block block, Object reciprocals);

    /// Replaces exponentials by probabilities, and the cotangents of the probabilities by those of the scores times s.
    void backward(Block block, Object reciprocals, Object cotangents);

    /// Multiplies rows of an array by numbers.
    void scaleRows(Object rows, int at, int length, int count, Object factors);
}
