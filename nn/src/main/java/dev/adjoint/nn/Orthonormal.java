package dev.adjoint.nn;

import dev.adjoint.tensor.Key;

/// Random orthonormal vectors: normal vectors, each freed of its part along the ones before it and brought to length 1
/// (Gram–Schmidt, twice for accuracy). Their directions are uniform.
final class Orthonormal {
    private Orthonormal() {}

    /// That many vectors of an extent that is at least as large.
    static double[][] rows(Key key, int count, int extent) {
        double[][] rows = new double[count][extent];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < extent; i++) {
                rows[row][i] = key.normal((long) row * extent + i);
            }
            for (int again = 0; again < 2; again++) {
                free(rows, row);
                scale(rows[row], 1 / Math.sqrt(product(rows[row], rows[row])));
            }
        }
        return rows;
    }

    private static void free(double[][] rows, int row) {
        for (int before = 0; before < row; before++) {
            double along = product(rows[row], rows[before]);
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] -= along * rows[before][i];
            }
        }
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
