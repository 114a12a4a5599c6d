package dev.adjoint.jvm;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;

/// What becomes of a row of scores. The row is scratch: a formula may overwrite it.
///
/// NaN and infinities follow the expansions of the operators of the same names.
enum RowFormula {
    /// yᵢ = e^(xᵢ − m) / Σⱼ e^(xⱼ − m) with m = max x.
    SOFTMAX {
        @Override
        void apply(double[] row, int index, Elements[] inputs, Elements out) {
            double max = max(row);
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.exp(row[i] - max);
                sum += row[i];
            }
            for (int i = 0; i < row.length; i++) {
                row[i] /= sum;
            }
            write(row, out, index * row.length);
        }
    },
    /// yᵢ = xᵢ − ln Σⱼ e^xⱼ.
    LOG_SOFTMAX {
        @Override
        void apply(double[] row, int index, Elements[] inputs, Elements out) {
            double shift = shift(row);
            double log = Math.log(sum(row, shift));
            for (int i = 0; i < row.length; i++) {
                row[i] = row[i] - shift - log;
            }
            write(row, out, index * row.length);
        }
    },
    /// y = ln Σⱼ e^xⱼ.
    LOG_SUM_EXP {
        @Override
        void apply(double[] row, int index, Elements[] inputs, Elements out) {
            out.set(index, logSumExp(row));
        }
    },
    /// y = ln Σⱼ e^xⱼ − x_c, where c is the class of the row; a class outside the row counts as none.
    CROSS_ENTROPY {
        @Override
        void apply(double[] row, int index, Elements[] inputs, Elements out) {
            long label = inputs[1].getLong(index);
            double chosen = label >= 0 && label < row.length ? row[(int) label] : 0;
            out.set(index, logSumExp(row) - chosen);
        }
    };

    abstract void apply(double[] row, int index, Elements[] inputs, Elements out);

    private static double max(double[] row) {
        double max = Double.NEGATIVE_INFINITY;
        for (double x : row) {
            max = Math.max(max, x);
        }
        return max;
    }

    /// With the largest taken out nothing overflows; an infinite or NaN largest stays in.
    private static double shift(double[] row) {
        double max = max(row);
        return Math.abs(max) < Double.POSITIVE_INFINITY ? max : 0;
    }

    private static double sum(double[] row, double shift) {
        double sum = 0;
        for (double x : row) {
            sum += Math.exp(x - shift);
        }
        return sum;
    }

    private static double logSumExp(double[] row) {
        double shift = shift(row);
        return Math.log(sum(row, shift)) + shift;
    }

    private static void write(double[] row, Elements out, int at) {
        if (out.dtype() == DType.F32) {
            float[] y = out.floats();
            for (int i = 0; i < row.length; i++) {
                y[at + i] = (float) row[i];
            }
        } else {
            System.arraycopy(row, 0, out.doubles(), at, row.length);
        }
    }
}
