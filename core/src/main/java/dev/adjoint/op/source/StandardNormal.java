package dev.adjoint.op.source;

/// The upper tail of the standard normal distribution, Q(x) = P(N > x), and its inverse.
///
/// Everything rests on the ratio of Mills, M(x) = Q(x)/φ(x) for x ≥ 0: near 0 from the series of Q, further out from the
/// continued fraction of Laplace, M(x) = 1/(x + 1/(x + 2/(x + 3/(x + …)))). `StrictMath` gives the same bits everywhere.
final class StandardNormal {
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

    /// Where the continued fraction takes over: below it would need too many terms, above the series would cancel.
    private static final double SERIES_END = 1.5;

    private static final int NEWTON_STEPS = 60;

    private StandardNormal() {}

    /// Q(x).
    static double tail(double x) {
        return x < 0 ? 1 - tail(-x) : StrictMath.exp(logTail(x));
    }

    /// The x ≥ 0 with Q(x) = p, for p from above 0 to 1/2.
    ///
    /// Newton's method on ln Q, which is concave: begun beyond the root, at √(−2·ln 2p), it never overshoots.
    static double tailQuantile(double p) {
        double target = StrictMath.log(p);
        double x = Math.sqrt(Math.max(0, -2 * StrictMath.log(2 * p)));
        for (int i = 0; i < NEWTON_STEPS; i++) {
            double next = Math.max(0, x + (logTail(x) - target) * mills(x));
            if (Math.abs(next - x) <= Math.ulp(x)) {
                return next;
            }
            x = next;
        }
        return x;
    }

    /// ln Q(x) for x ≥ 0.
    private static double logTail(double x) {
        return x == Double.POSITIVE_INFINITY
                ? Double.NEGATIVE_INFINITY
                : StrictMath.log(mills(x)) - x * x / 2 - HALF_LOG_TWO_PI;
    }

    private static double mills(double x) {
        return x < SERIES_END ? millsBySeries(x) : millsByFraction(x);
    }

    /// M(x) = 1/(2·φ(x)) − Σₙ x²ⁿ⁺¹/(1·3·5 ⋯ (2n + 1)).
    private static double millsBySeries(double x) {
        double term = x;
        double sum = 0;
        for (int n = 1; term > sum * 0x1.0p-60; n++) {
            sum += term;
            term *= x * x / (2 * n + 1);
        }
        return 0.5 * StrictMath.exp(x * x / 2 + HALF_LOG_TWO_PI) - sum;
    }

    /// The error after n terms falls as e^(−2x√(2n)).
    private static double millsByFraction(double x) {
        double rest = x;
        for (int n = 10 + (int) (300 / (x * x)); n > 0; n--) {
            rest = x + n / rest;
        }
        return 1 / rest;
    }
}
