package dev.adjoint.jvm;

import java.util.Arrays;

/// Running values of floats, kept in double and rounded where they are written.
///
/// The same whether lines of neighbours run side by side ([#across], vector instructions) or one line runs through
/// neighbours ([#along], where every step waits for the last).
enum Running {
    /// yᵢ = Σⱼ≤ᵢ xⱼ.
    SUM(-0.0) {
        @Override
        void along(float[] x, float[] y, int at, int count) {
            double sum = identity;
            for (int i = at; i < at + count; i++) {
                sum += x[i];
                y[i] = (float) sum;
            }
        }

        @Override
        void across(float[] x, float[] y, int at, double[] sums) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += x[at + i];
                y[at + i] = (float) sums[i];
            }
        }
    },
    /// yᵢ = Πⱼ≤ᵢ xⱼ.
    PRODUCT(1) {
        @Override
        void along(float[] x, float[] y, int at, int count) {
            double product = identity;
            for (int i = at; i < at + count; i++) {
                product *= x[i];
                y[i] = (float) product;
            }
        }

        @Override
        void across(float[] x, float[] y, int at, double[] products) {
            for (int i = 0; i < products.length; i++) {
                products[i] *= x[at + i];
                y[at + i] = (float) products[i];
            }
        }
    },
    /// yᵢ = maxⱼ≤ᵢ xⱼ.
    MAX(Double.NEGATIVE_INFINITY) {
        @Override
        void along(float[] x, float[] y, int at, int count) {
            float max = (float) identity;
            for (int i = at; i < at + count; i++) {
                max = Math.max(max, x[i]);
                y[i] = max;
            }
        }

        @Override
        void across(float[] x, float[] y, int at, double[] largest) {
            for (int i = 0; i < largest.length; i++) {
                largest[i] = Math.max(largest[i], x[at + i]);
                y[at + i] = (float) largest[i];
            }
        }
    },
    /// yᵢ = minⱼ≤ᵢ xⱼ.
    MIN(Double.POSITIVE_INFINITY) {
        @Override
        void along(float[] x, float[] y, int at, int count) {
            float min = (float) identity;
            for (int i = at; i < at + count; i++) {
                min = Math.min(min, x[i]);
                y[i] = min;
            }
        }

        @Override
        void across(float[] x, float[] y, int at, double[] smallest) {
            for (int i = 0; i < smallest.length; i++) {
                smallest[i] = Math.min(smallest[i], x[at + i]);
                y[at + i] = (float) smallest[i];
            }
        }
    },
    /// yᵢ = ln Σⱼ≤ᵢ e^xⱼ.
    LOG_SUM_EXP(Double.NEGATIVE_INFINITY) {
        @Override
        void along(float[] x, float[] y, int at, int count) {
            double log = identity;
            for (int i = at; i < at + count; i++) {
                log = logSumExp(log, x[i]);
                y[i] = (float) log;
            }
        }

        @Override
        void across(float[] x, float[] y, int at, double[] logs) {
            for (int i = 0; i < logs.length; i++) {
                logs[i] = logSumExp(logs[i], x[at + i]);
                y[at + i] = (float) logs[i];
            }
        }
    };

    final double identity;

    Running(double identity) {
        this.identity = identity;
    }

    /// The values of the elements at, at + 1, …
    abstract void along(float[] x, float[] y, int at, int count);

    /// One step of lines that lie side by side.
    ///
    /// @param values what the lines have come to; they are replaced
    abstract void across(float[] x, float[] y, int at, double[] values);

    double[] start(int lines) {
        double[] values = new double[lines];
        Arrays.fill(values, identity);
        return values;
    }

    /// ln(eᵃ + eᵇ) = max + ln(1 + e^−|a − b|); an infinite largest is the result.
    private static double logSumExp(double a, double b) {
        double max = Math.max(a, b);
        return Math.abs(max) == Double.POSITIVE_INFINITY ? max : max + Math.log1p(Math.exp(-Math.abs(a - b)));
    }
}
