package dev.adjoint.jvm;

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
        void apply(RowBlock block, float[] out) {
            quotients(block, out);
        }

        @Override
        void row(RowBlock block, int row, double sum, float[] out) {
            block.scale(row, (float) (1 / sum));
        }
    },
    /// The same where −∞ marks scores that are absent; 0 where all of them are.
    MASKED_SOFTMAX {
        @Override
        float shift(float max) {
            return max == Float.NEGATIVE_INFINITY ? 0 : max;
        }

        @Override
        void apply(RowBlock block, float[] out) {
            quotients(block, out);
        }

        @Override
        void row(RowBlock block, int row, double sum, float[] out) {
            block.scale(row, (float) (1 / (sum == 0 ? 1 : sum)));
        }
    },
    /// yᵢ = xᵢ − ln Σⱼ e^xⱼ.
    LOG_SOFTMAX {
        @Override
        void row(RowBlock block, int row, double sum, float[] out) {
            double shift = block.shift(row);
            double log = Math.log(sum);
            float[] x = block.scores();
            int from = block.start(row);
            for (int i = from; i < from + block.length(); i++) {
                out[i] = (float) (x[i] - shift - log);
            }
        }
    },
    /// y = ln Σⱼ e^xⱼ.
    LOG_SUM_EXP {
        @Override
        void row(RowBlock block, int row, double sum, float[] out) {
            out[block.index(row)] = (float) logSumExp(block, row, sum);
        }
    },
    /// y = ln Σⱼ e^xⱼ − x_c, where c is the class of the row; a class outside the row counts as none.
    CROSS_ENTROPY {
        @Override
        void row(RowBlock block, int row, double sum, float[] out) {
            int index = block.index(row);
            long label = block.input(1).getLong(index);
            boolean isClass = label >= 0 && label < block.length();
            double chosen = isClass ? block.scores()[block.start(row) + (int) label] : 0;
            out[index] = (float) (logSumExp(block, row, sum) - chosen);
        }
    };

    /// A sum of exponentials in between has no infinite term, and its largest has all of its digits.
    private static final double LEAST_SUM = 0x1p-10;

    private static final double LARGEST_SUM = 0x1p120;

    /// What is taken from the scores of a row before their exponentials: with the largest taken out nothing overflows; an
    /// infinite or NaN largest stays in.
    float shift(float max) {
        return Math.abs(max) < Float.POSITIVE_INFINITY ? max : 0;
    }

    /// Computes the rows of a block.
    void apply(RowBlock block, float[] out) {
        block.shiftByLargest(this);
        for (int row = 0; row < block.rows(); row++) {
            row(block, row, block.sum(row), out);
        }
    }

    /// Computes a row.
    ///
    /// @param sum that of the row's exponentials
    abstract void row(RowBlock block, int row, double sum, float[] out);

    /// Any shift gives the same quotients unless a sum leaves the floats; to look for the largest score takes longer than the
    /// exponentials. So the first one is taken, and the largest only where that fails.
    ///
    /// What a row becomes does not depend on the other rows of its block.
    void quotients(RowBlock block, float[] out) {
        block.shiftByFirst();
        boolean isDone = true;
        for (int row = 0; row < block.rows(); row++) {
            double sum = block.sum(row);
            boolean fits = LEAST_SUM <= sum && sum <= LARGEST_SUM;
            row(block, row, sum, out);
            block.setDone(row, fits);
            isDone &= fits;
        }
        block.copy(0, block.rows(), out);
        if (!isDone) {
            remaining(block, out);
        }
    }

    private void remaining(RowBlock block, float[] out) {
        block.shiftByLargest(this);
        for (int row = 0; row < block.rows(); row++) {
            if (!block.isDone(row)) {
                row(block, row, block.sum(row), out);
                block.copy(row, 1, out);
            }
        }
    }

    double logSumExp(RowBlock block, int row, double sum) {
        return Math.log(sum) + block.shift(row);
    }
}
