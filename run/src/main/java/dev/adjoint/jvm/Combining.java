package dev.adjoint.jvm;

/// What a reduction does with its elements, as loops over lines of floats and doubles.
enum Combining {
    SUM {
        @Override
        double combine(double x, double y) {
            return x + y;
        }

        @Override
        double line(float[] x, int at, int count, double identity) {
            double s0 = identity;
            double s1 = identity;
            double s2 = identity;
            double s3 = identity;
            double s4 = identity;
            double s5 = identity;
            double s6 = identity;
            double s7 = identity;
            int i = at;
            for (; i + 7 < at + count; i += 8) {
                s0 += x[i];
                s1 += x[i + 1];
                s2 += x[i + 2];
                s3 += x[i + 3];
                s4 += x[i + 4];
                s5 += x[i + 5];
                s6 += x[i + 6];
                s7 += x[i + 7];
            }
            for (; i < at + count; i++) {
                s0 += x[i];
            }
            return combine(combine(combine(s0, s1), combine(s2, s3)), combine(combine(s4, s5), combine(s6, s7)));
        }

        @Override
        void into(float[] x, int at, double[] y, int to, int count) {
            for (int i = 0; i < count; i++) {
                y[to + i] += x[at + i];
            }
        }

        @Override
        double line(double[] x, int at, int count, double identity) {
            double s0 = identity;
            double s1 = identity;
            double s2 = identity;
            double s3 = identity;
            double s4 = identity;
            double s5 = identity;
            double s6 = identity;
            double s7 = identity;
            int i = at;
            for (; i + 7 < at + count; i += 8) {
                s0 += x[i];
                s1 += x[i + 1];
                s2 += x[i + 2];
                s3 += x[i + 3];
                s4 += x[i + 4];
                s5 += x[i + 5];
                s6 += x[i + 6];
                s7 += x[i + 7];
            }
            for (; i < at + count; i++) {
                s0 += x[i];
            }
            return combine(combine(combine(s0, s1), combine(s2, s3)), combine(combine(s4, s5), combine(s6, s7)));
        }

        @Override
        void into(double[] x, int at, double[] y, int to, int count) {
            for (int i = 0; i < count; i++) {
                y[to + i] += x[at + i];
            }
        }
    },
    MAX {
        @Override
        double combine(double x, double y) {
            return Math.max(x, y);
        }

        @Override
        double line(float[] x, int at, int count, double identity) {
            double s0 = identity;
            double s1 = identity;
            double s2 = identity;
            double s3 = identity;
            double s4 = identity;
            double s5 = identity;
            double s6 = identity;
            double s7 = identity;
            int i = at;
            for (; i + 7 < at + count; i += 8) {
                s0 = Math.max(s0, x[i]);
                s1 = Math.max(s1, x[i + 1]);
                s2 = Math.max(s2, x[i + 2]);
                s3 = Math.max(s3, x[i + 3]);
                s4 = Math.max(s4, x[i + 4]);
                s5 = Math.max(s5, x[i + 5]);
                s6 = Math.max(s6, x[i + 6]);
                s7 = Math.max(s7, x[i + 7]);
            }
            for (; i < at + count; i++) {
                s0 = Math.max(s0, x[i]);
            }
            return combine(combine(combine(s0, s1), combine(s2, s3)), combine(combine(s4, s5), combine(s6, s7)));
        }

        @Override
        void into(float[] x, int at, double[] y, int to, int count) {
            for (int i = 0; i < count; i++) {
                y[to + i] = Math.max(y[to + i], x[at + i]);
            }
        }

        @Override
        double line(double[] x, int at, int count, double identity) {
            double s0 = identity;
            double s1 = identity;
            double s2 = identity;
            double s3 = identity;
            double s4 = identity;
            double s5 = identity;
            double s6 = identity;
            double s7 = identity;
            int i = at;
            for (; i + 7 < at + count; i += 8) {
                s0 = Math.max(s0, x[i]);
                s1 = Math.max(s1, x[i + 1]);
                s2 = Math.max(s2, x[i + 2]);
                s3 = Math.max(s3, x[i + 3]);
                s4 = Math.max(s4, x[i + 4]);
                s5 = Math.max(s5, x[i + 5]);
                s6 = Math.max(s6, x[i + 6]);
                s7 = Math.max(s7, x[i + 7]);
            }
            for (; i < at + count; i++) {
                s0 = Math.max(s0, x[i]);
            }
            return combine(combine(combine(s0, s1), combine(s2, s3)), combine(combine(s4, s5), combine(s6, s7)));
        }

        @Override
        void into(double[] x, int at, double[] y, int to, int count) {
            for (int i = 0; i < count; i++) {
                y[to + i] = Math.max(y[to + i], x[at + i]);
            }
        }
    },
    MIN {
        @Override
        double combine(double x, double y) {
            return Math.min(x, y);
        }

        @Override
        double line(float[] x, int at, int count, double identity) {
            double s0 = identity;
            double s1 = identity;
            double s2 = identity;
            double s3 = identity;
            double s4 = identity;
            double s5 = identity;
            double s6 = identity;
            double s7 = identity;
            int i = at;
            for (; i + 7 < at + count; i += 8) {
                s0 = Math.min(s0, x[i]);
                s1 = Math.min(s1, x[i + 1]);
                s2 = Math.min(s2, x[i + 2]);
                s3 = Math.min(s3, x[i + 3]);
                s4 = Math.min(s4, x[i + 4]);
                s5 = Math.min(s5, x[i + 5]);
                s6 = Math.min(s6, x[i + 6]);
                s7 = Math.min(s7, x[i + 7]);
            }
            for (; i < at + count; i++) {
                s0 = Math.min(s0, x[i]);
            }
            return combine(combine(combine(s0, s1), combine(s2, s3)), combine(combine(s4, s5), combine(s6, s7)));
        }

        @Override
        void into(float[] x, int at, double[] y, int to, int count) {
            for (int i = 0; i < count; i++) {
                y[to + i] = Math.min(y[to + i], x[at + i]);
            }
        }

        @Override
        double line(double[] x, int at, int count, double identity) {
            double s0 = identity;
            double s1 = identity;
            double s2 = identity;
            double s3 = identity;
            double s4 = identity;
            double s5 = identity;
            double s6 = identity;
            double s7 = identity;
            int i = at;
            for (; i + 7 < at + count; i += 8) {
                s0 = Math.min(s0, x[i]);
                s1 = Math.min(s1, x[i + 1]);
                s2 = Math.min(s2, x[i + 2]);
                s3 = Math.min(s3, x[i + 3]);
                s4 = Math.min(s4, x[i + 4]);
                s5 = Math.min(s5, x[i + 5]);
                s6 = Math.min(s6, x[i + 6]);
                s7 = Math.min(s7, x[i + 7]);
            }
            for (; i < at + count; i++) {
                s0 = Math.min(s0, x[i]);
            }
            return combine(combine(combine(s0, s1), combine(s2, s3)), combine(combine(s4, s5), combine(s6, s7)));
        }

        @Override
        void into(double[] x, int at, double[] y, int to, int count) {
            for (int i = 0; i < count; i++) {
                y[to + i] = Math.min(y[to + i], x[at + i]);
            }
        }
    };

    abstract double combine(double x, double y);

    /// All elements of a line folded into one.
    abstract double line(float[] x, int at, int count, double identity);

    /// All elements of a line folded into one.
    abstract double line(double[] x, int at, int count, double identity);

    /// Every element of a line folded into its own place of y.
    abstract void into(float[] x, int at, double[] y, int to, int count);

    /// Every element of a line folded into its own place of y.
    abstract void into(double[] x, int at, double[] y, int to, int count);
}
