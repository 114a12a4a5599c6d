package dev.adjoint.jvm;

import dev.adjoint.tensor.Elements;

/// What becomes of a row of float scores x and their exponentials e^(xᵢ − m), where m is [#shift] of the largest.
///
/// NaN and infinities follow the expansions of the operators of the same names.
enum RowFormula {
    /// yᵢ = e^(xᵢ − m) / Σⱼ e^(xⱼ − m) with m = max x.
    SOFTMAX {
        @Override
        float shift(float max) {
            return max;
        }

        @Override
        void apply(Block block, int row, int index, float[] out) {
            block.divide(row, (float) block.sum(row), index, out);
        }
    },
    /// The same where −∞ marks scores that are absent; 0 where all of them are.
    MASKED_SOFTMAX {
        @Override
        float shift(float max) {
            return max == Float.NEGATIVE_INFINITY ? 0 : max;
        }

        @Override
        void apply(Block block, int row, int index, float[] out) {
            float sum = (float) block.sum(row);
            block.divide(row, sum == 0 ? 1 : sum, index, out);
        }
    },
    /// yᵢ = xᵢ − ln Σⱼ e^xⱼ.
    LOG_SOFTMAX {
        @Override
        void apply(Block block, int row, int index, float[] out) {
            double shift = shift(block.max(index));
            double log = Math.log(block.sum(row));
            float[] x = block.inputs[0].floats();
            int from = index * block.length;
            for (int i = from; i < from + block.length; i++) {
                out[i] = (float) (x[i] - shift - log);
            }
        }
    },
    /// y = ln Σⱼ e^xⱼ.
    LOG_SUM_EXP {
        @Override
        void apply(Block block, int row, int index, float[] out) {
            out[index] = (float) logSumExp(block, row, index);
        }
    },
    /// y = ln Σⱼ e^xⱼ − x_c, where c is the class of the row; a class outside the row counts as none.
    CROSS_ENTROPY {
        @Override
        void apply(Block block, int row, int index, float[] out) {
            long label = block.inputs[1].getLong(index);
            boolean isClass = label >= 0 && label < block.length;
            double chosen = isClass ? block.inputs[0].floats()[index * block.length + (int) label] : 0;
            out[index] = (float) (logSumExp(block, row, index) - chosen);
        }
    };

    /// Rows and their exponentials.
    ///
    /// @param inputs the scores, then what else the operator reads
    /// @param exponentials those of some rows
    /// @param length the elements of a row
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Block(Elements[] inputs, float[] exponentials, int length) {
        private double sum(int row) {
            return Combining.SUM.line(exponentials, row * length, length, 0);
        }

        private float max(int index) {
            return RowKernel.max(inputs[0].floats(), index * length, length);
        }

        private void divide(int row, float sum, int index, float[] out) {
            int from = row * length;
            int to = index * length;
            for (int i = 0; i < length; i++) {
                out[to + i] = exponentials[from + i] / sum;
            }
        }
    }

    /// What is taken from the scores of a row before their exponentials: with the largest taken out nothing overflows; an
    /// infinite or NaN largest stays in.
    float shift(float max) {
        return Math.abs(max) < Float.POSITIVE_INFINITY ? max : 0;
    }

    /// @param row which of the block's rows it is
    /// @param index which of all rows it is
    abstract void apply(Block block, int row, int index, float[] out);

    double logSumExp(Block block, int row, int index) {
        return Math.log(block.sum(row)) + shift(block.max(index));
    }
}
