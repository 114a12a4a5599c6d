package dev.adjoint.op.linalg;

/// exp(A) by scaling and squaring: the rational approximation of degree 13 to exp(A/2ˢ), squared s times, with the smallest
/// s for which the norm of A/2ˢ is below 5.37.
///
/// Source: Higham, "The scaling and squaring method for the matrix exponential revisited", 2005, algorithm 2.3.
final class PadeExponential {
    /// Up to this norm the approximation is exact to the last bit of a double.
    private static final double LARGEST_NORM = 5.371920351148152;

    private static final double[] COEFFICIENTS = {
        64764752532480000.0,
        32382376266240000.0,
        7771770303897600.0,
        1187353796428800.0,
        129060195264000.0,
        10559470521600.0,
        670442572800.0,
        33522128640.0,
        1323241920.0,
        40840800.0,
        960960.0,
        16380.0,
        182.0,
        1.0
    };

    private PadeExponential() {}

    static Matrix of(Matrix a) {
        double norm = norm(a);
        int squarings = norm > LARGEST_NORM ? Math.max(0, Math.getExponent(norm / LARGEST_NORM) + 1) : 0;
        Matrix power = approximation(a.scaled(-squarings));
        for (int i = 0; i < squarings; i++) {
            power = power.times(power);
        }
        return power;
    }

    /// The largest sum of sizes in a column.
    private static double norm(Matrix a) {
        double largest = 0;
        for (int j = 0; j < a.columns(); j++) {
            double sum = 0;
            for (int i = 0; i < a.rows(); i++) {
                sum += Math.abs(a.get(i, j));
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /// (V − U)⁻¹·(V + U) with the odd powers in U and the even ones in V.
    private static Matrix approximation(Matrix a) {
        Matrix a2 = a.times(a);
        Matrix a4 = a2.times(a2);
        Matrix[] even = {Matrix.identity(a.rows()), a2, a4, a4.times(a2)};
        Matrix u = a.times(polynomial(even, 1));
        Matrix v = polynomial(even, 0);
        return LuFactors.of(v.plus(-1, u)).solve(v.plus(1, u));
    }

    /// Σᵢ b₂ᵢ₊ₒ·A²ⁱ for i from 0 to 6, where o is 0 or 1.
    private static Matrix polynomial(Matrix[] even, int odd) {
        Matrix low = new Matrix(even[0].rows(), even[0].rows());
        Matrix high = low;
        for (int i = 0; i <= 3; i++) {
            low = low.plus(COEFFICIENTS[2 * i + odd], even[i]);
        }
        for (int i = 1; i <= 3; i++) {
            high = high.plus(COEFFICIENTS[2 * i + 6 + odd], even[i]);
        }
        return low.plus(1, even[3].times(high));
    }
}
