package dev.adjoint.op;

/// The error function and its complement by quotients of polynomials, one for each of three ranges.
///
/// Source: W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23, 1969; the
/// coefficients are those of his `CALERF` (SPECFUN).
final class ErrorFunction {
    /// Up to here erf is an odd quotient, and erfc its difference to 1.
    private static final double SMALL = 0.46875;

    /// From here on erfc is expanded in 1/x².
    private static final double LARGE = 4;

    /// 1 − erf rounds to nothing beside 1.
    private static final double SATURATION = 6;

    /// Beyond, erfc is below the smallest double.
    private static final double LAST = 27.3;

    private static final double INVERSE_ROOT_PI = 1 / Math.sqrt(Math.PI);

    /// Highest power first; the denominators begin with 1.
    private static final double[] NEAR_NUMERATOR = {
        0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694
    };

    private static final double[] NEAR_DENOMINATOR = {
        1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171
    };

    private static final double[] MIDDLE_NUMERATOR = {
        2.1531153547440383e-08,
        0.5641884969886701,
        8.883149794388377,
        66.11919063714163,
        298.6351381974001,
        881.952221241769,
        1712.0476126340707,
        2051.0783778260716,
        1230.3393547979972
    };

    private static final double[] MIDDLE_DENOMINATOR = {
        1,
        15.744926110709835,
        117.6939508913125,
        537.1811018620099,
        1621.3895745666903,
        3290.7992357334597,
        4362.619090143247,
        3439.3676741437216,
        1230.3393548037495
    };

    private static final double[] FAR_NUMERATOR = {
        0.016315387137302097,
        0.30532663496123236,
        0.36034489994980445,
        0.12578172611122926,
        0.016083785148742275,
        0.0006587491615298378
    };

    private static final double[] FAR_DENOMINATOR = {
        1, 2.568520192289822, 1.8729528499234604, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918
    };

    private ErrorFunction() {}

    static double erf(double x) {
        double size = Math.abs(x);
        if (size <= SMALL) {
            return near(x);
        }
        if (size >= SATURATION) {
            return Math.signum(x);
        }
        return Math.copySign(1 - tail(size), x);
    }

    static double erfc(double x) {
        if (Math.abs(x) <= SMALL) {
            return 1 - near(x);
        }
        return x < 0 ? 2 - tail(-x) : tail(x);
    }

    private static double near(double x) {
        double square = x * x;
        return x * polynomial(square, NEAR_NUMERATOR) / polynomial(square, NEAR_DENOMINATOR);
    }

    /// erfc x for x above 0.46875.
    private static double tail(double x) {
        if (x <= LARGE) {
            return squareExponential(x) * polynomial(x, MIDDLE_NUMERATOR) / polynomial(x, MIDDLE_DENOMINATOR);
        }
        if (x > LAST) {
            return 0;
        }
        double inverse = 1 / (x * x);
        double rest = inverse * polynomial(inverse, FAR_NUMERATOR) / polynomial(inverse, FAR_DENOMINATOR);
        return squareExponential(x) * ((INVERSE_ROOT_PI - rest) / x);
    }

    /// e^(−x²) with x² in two parts: rounding x² alone would cost as many digits as it has before the point.
    private static double squareExponential(double x) {
        double high = (double) (float) x;
        double low = x - high;
        return Math.exp(-high * high) * Math.exp(-low * (x + high));
    }

    private static double polynomial(double x, double[] coefficients) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * x + coefficient;
        }
        return sum;
    }
}
