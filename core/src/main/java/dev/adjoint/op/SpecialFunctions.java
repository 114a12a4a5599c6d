package dev.adjoint.op;

/// Functions of doubles that `java.lang.Math` lacks, by series rather than by tables of numbers, save for [ErrorFunction]: the
/// formulas are those of the Digital Library of Mathematical Functions (DLMF, <https://dlmf.nist.gov>).
///
/// Errors are relative, against tables and identities; around zeros of a function they are absolute.
public final class SpecialFunctions {
    private static final double LN2 = Math.log(2);
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /// Beyond this size x² has more digits than a double beside 1.
    private static final double LARGE = 0x1p28;

    /// Arguments are raised to this size before an asymptotic series is used; its error is then below 2⁻⁵³.
    private static final double ASYMPTOTIC = 20;

    /// The same for ln Γ, whose series is shorter: what is raised is taken away again, and costs digits.
    private static final double STIRLING = 8;

    /// Below this, functions of the gamma family would take too many steps of their recurrence.
    private static final double LOWEST = -1e5;

    /// B₂ₖ for k from 1.
    private static final double[] BERNOULLI = {
        1.0 / 6,
        -1.0 / 30,
        1.0 / 42,
        -1.0 / 30,
        5.0 / 66,
        -691.0 / 2730,
        7.0 / 6,
        -3617.0 / 510,
        43867.0 / 798,
        -174611.0 / 330,
        854513.0 / 138,
        -236364091.0 / 2730
    };

    private SpecialFunctions() {}

    /// arsinh x = ln(x + √(x² + 1)), within 4·10⁻¹⁶.
    public static double asinh(double x) {
        double size = Math.abs(x);
        if (Double.isInfinite(x) || x == 0) {
            return x;
        }
        double result =
                size > LARGE ? Math.log(size) + LN2 : Math.log1p(size + size * size / (1 + Math.sqrt(size * size + 1)));
        return Math.copySign(result, x);
    }

    /// arcosh x = ln(x + √(x² − 1)) for x ≥ 1, else NaN; within 4·10⁻¹⁶.
    public static double acosh(double x) {
        double above = x - 1;
        return x > LARGE ? Math.log(x) + LN2 : Math.log1p(above + Math.sqrt(2 * above + above * above));
    }

    /// artanh x = ½·ln((1 + x)/(1 − x)) for |x| ≤ 1, else NaN; within 4·10⁻¹⁶.
    public static double atanh(double x) {
        double size = Math.abs(x);
        return Math.copySign(0.5 * Math.log1p(2 * size / (1 - size)), x);
    }

    /// The whole number next to x towards 0.
    public static double trunc(double x) {
        return x < 0 ? Math.ceil(x) : Math.floor(x);
    }

    /// The remainder of x/y with the sign of x; NaN for y = 0.
    public static double fmod(double x, double y) {
        return x % y;
    }

    /// The remainder of x/y with the sign of y; NaN for y = 0.
    public static double remainder(double x, double y) {
        double rest = x % y;
        return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
    }

    /// erf x = 2/√π·∫₀ˣ e^(−t²) dt, within three units in the last place: [ErrorFunction].
    public static double erf(double x) {
        return ErrorFunction.erf(x);
    }

    /// erfc x = 1 − erf x, within six units in the last place where the result is a normal number: [ErrorFunction].
    public static double erfc(double x) {
        return ErrorFunction.erfc(x);
    }

    /// ln|Γ(x)|, within 10⁻¹⁴, and absolutely so around its zeros 1 and 2: Stirling's series (DLMF 5.11.1) after the
    /// argument was raised, reflection (5.5.3) below ½. +∞ at 0, −1, −2, …
    public static double lgamma(double x) {
        if (x < 0.5) {
            if (x == Math.floor(x)) {
                return Double.POSITIVE_INFINITY;
            }
            return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * (x - 2 * Math.floor(x / 2))))) - lgamma(1 - x);
        }
        if (x == Double.POSITIVE_INFINITY) {
            return x;
        }
        double at = x;
        double product = 1;
        while (at < STIRLING) {
            product *= at;
            at += 1;
        }
        double sum = (at - 0.5) * Math.log(at) - at + HALF_LOG_TWO_PI;
        double power = at;
        for (int k = 1; k <= BERNOULLI.length; k++) {
            sum += BERNOULLI[k - 1] / (2 * k * (2 * k - 1) * power);
            power *= at * at;
        }
        return sum - Math.log(product);
    }

    /// ψ⁽ⁿ⁾(x) = dⁿ⁺¹/dxⁿ⁺¹ ln Γ(x) for a whole n ≥ 0, within 10⁻¹³: the recurrence (DLMF 5.15.5), then the asymptotic series
    /// (5.15.8, 5.11.2). NaN at 0, −1, −2, …, and below −10⁵.
    public static double polygamma(double order, double x) {
        if (Double.isNaN(x) || x < LOWEST || (x <= 0 && x == Math.floor(x))) {
            return Double.NaN;
        }
        int n = (int) order;
        double sign = n % 2 == 0 ? -1 : 1;
        double factorial = 1;
        for (int i = 2; i <= n; i++) {
            factorial *= i;
        }
        double sum = 0;
        double at = x;
        while (at < ASYMPTOTIC + n) {
            sum += sign * factorial / Math.pow(at, n + 1);
            at += 1;
        }
        return sum + asymptotic(n, sign, factorial, at);
    }

    private static double asymptotic(int n, double sign, double factorial, double x) {
        if (x == Double.POSITIVE_INFINITY) {
            return n == 0 ? x : 0;
        }
        double leading = n == 0 ? Math.log(x) : sign * factorial / n / Math.pow(x, n);
        double sum = leading + sign * factorial / (2 * Math.pow(x, n + 1));
        // (2k + n − 1)!/(2k)! starts at (n + 1)!/2 and grows by two factors above and two below.
        double ratio = factorial * (n + 1) / 2;
        double power = Math.pow(x, n + 2);
        for (int k = 1; k <= BERNOULLI.length; k++) {
            sum += sign * BERNOULLI[k - 1] * ratio / power;
            ratio *= (2.0 * k + n) * (2.0 * k + n + 1) / ((2.0 * k + 1) * (2.0 * k + 2));
            power *= x * x;
        }
        return sum;
    }
}
