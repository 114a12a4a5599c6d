package dev.adjoint.jvm;

import java.util.Arrays;

/// [Scores] of floats.
///
/// What belongs to a query is kept in doubles, so that its loop over the queries of a key vectorises: arrays of another type
/// cannot be the scores.
final class FloatScores implements Scores {
    private final FloatExponentials exponentials;

    /// @param most scores of a block
    FloatScores(int most) {
        this.exponentials = new FloatExponentials(most);
    }

    @Override
    public Object room() {
        return exponentials.numbers();
    }

    @Override
    public void extend(ScoreBlock block, SoftmaxRows rows) {
        float[] x = (float[]) block.scores;
        double scale = masked(block, x);
        rows.begin();
        for (int key = 0; key < block.keys; key++) {
            greatest(x, key * block.queries, rows, block.hidden(key), scale);
        }
        rows.raise();
        exponentials(block, x, rows, scale);
        Arrays.fill(rows.lanes, 0);
        for (int key = 0; key < block.keys; key++) {
            add(x, key * block.queries, rows.lanes, rows.count);
        }
        rows.addToSums();
    }

    @Override
    public void repeat(ScoreBlock block, SoftmaxRows rows) {
        float[] x = (float[]) block.scores;
        exponentials(block, x, rows, masked(block, x));
    }

    /// Scales and masks where a mask is given.
    ///
    /// @return by what the scores are still to be multiplied
    private static double masked(ScoreBlock block, float[] x) {
        if (!block.isMasked) {
            return block.scale;
        }
        float scale = (float) block.scale;
        for (int i = 0; i < block.keys * block.queries; i++) {
            x[i] *= scale;
        }
        for (int key = 0; key < block.keys; key++) {
            mask(block, key, x);
        }
        return 1;
    }

    private static void mask(ScoreBlock block, int key, float[] x) {
        int at = block.maskAt + key * block.maskKeyStride;
        int step = block.maskQueryStride;
        int from = key * block.queries;
        if (block.mask instanceof float[] added) {
            for (int i = 0; i < block.queries; i++) {
                x[from + i] += added[at + i * step];
            }
        } else {
            byte[] shown = (byte[]) block.mask;
            for (int i = 0; i < block.queries; i++) {
                x[from + i] = shown[at + i * step] != 0 ? x[from + i] : Float.NEGATIVE_INFINITY;
            }
        }
    }

    private static void greatest(float[] x, int at, SoftmaxRows rows, int first, double scale) {
        double[] lanes = rows.lanes;
        int count = rows.count;
        for (int i = first; i < count; i++) {
            lanes[i] = Math.max(lanes[i], x[at + i] * scale);
        }
    }

    /// Of all, because one long loop is faster than many short ones; what causality hides gets 0 and not e^0.
    private void exponentials(ScoreBlock block, float[] x, SoftmaxRows rows, double scale) {
        rows.shift();
        for (int key = 0; key < block.keys; key++) {
            subtract(x, key * block.queries, rows.lanes, rows.count, scale);
        }
        clearHidden(block, x);
        exponentials.apply(block.keys * block.queries);
        clearHidden(block, x);
    }

    private static void subtract(float[] x, int at, double[] lanes, int count, double scale) {
        for (int i = 0; i < count; i++) {
            x[at + i] = (float) (x[at + i] * scale - lanes[i]);
        }
    }

    private static void clearHidden(ScoreBlock block, float[] x) {
        for (int key = block.firstHidden(); key < block.keys; key++) {
            Arrays.fill(x, key * block.queries, key * block.queries + block.hidden(key), 0);
        }
    }

    private static void add(float[] x, int at, double[] lanes, int count) {
        for (int i = 0; i < count; i++) {
            lanes[i] += x[at + i];
        }
    }

    @Override
    public void weigh(ScoreBlock block, Object cotangents, SoftmaxRows rows) {
        float[] e = (float[]) block.scores;
        float[] ct = (float[]) cotangents;
        Arrays.fill(rows.lanes, 0);
        for (int key = 0; key < block.keys; key++) {
            add(e, ct, key * block.queries, rows.lanes, rows.count);
        }
        rows.addToMeans();
    }

    private static void add(float[] x, float[] y, int at, double[] lanes, int count) {
        for (int i = 0; i < count; i++) {
            lanes[i] += x[at + i] * y[at + i];
        }
    }

    @Override
    public void backward(ScoreBlock block, Object cotangents, SoftmaxRows rows) {
        float[] p = (float[]) block.scores;
        float[] ct = (float[]) cotangents;
        for (int key = 0; key < block.keys; key++) {
            backward(p, ct, key * block.queries, rows, block.scale);
        }
    }

    private static void backward(float[] p, float[] ct, int from, SoftmaxRows rows, double scale) {
        double[] factor = rows.sum;
        double[] mean = rows.mean;
        int at = rows.at;
        int count = rows.count;
        for (int i = 0; i < count; i++) {
            double weight = p[from + i] * factor[at + i];
            p[from + i] = (float) weight;
            ct[from + i] = (float) (weight * (ct[from + i] - mean[at + i]) * scale);
        }
    }

    @Override
    public void scaleRows(Object numbers, int from, int length, SoftmaxRows rows) {
        float[] y = (float[]) numbers;
        for (int row = 0; row < rows.count; row++) {
            float factor = (float) rows.sum[rows.at + row];
            int at = from + row * length;
            for (int i = at; i < at + length; i++) {
                y[i] *= factor;
            }
        }
    }

    @Override
    public void blend(Object numbers, int from, Object more, int length, SoftmaxRows rows) {
        float[] y = (float[]) numbers;
        float[] x = (float[]) more;
        for (int row = 0; row < rows.count; row++) {
            float factor = (float) rows.factor[rows.at + row];
            int at = from + row * length;
            for (int i = 0; i < length; i++) {
                y[at + i] = y[at + i] * factor + x[row * length + i];
            }
        }
    }
}
