package dev.adjoint.explain;

import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.Locale;

/// Between which bounds the numbers of a tensor lie.
///
/// @param type the tensor's type
/// @param low the smallest finite number; +∞ if there is none
/// @param high the largest finite number; −∞ if there is none
/// @param nans how many elements are NaN
/// @param infinities how many are infinite
/// @param zeros how many are zero
public record NumberRange(TensorType type, double low, double high, long nans, long infinities, long zeros) {
    /// The range of a tensor in memory.
    public static NumberRange of(Tensor tensor) {
        Elements elements = tensor.elements();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        long nans = 0;
        long infinities = 0;
        long zeros = 0;
        for (int i = 0; i < elements.count(); i++) {
            double x = elements.get(i);
            if (Double.isFinite(x)) {
                low = Math.min(low, x);
                high = Math.max(high, x);
                zeros += x == 0 ? 1 : 0;
            } else if (Double.isNaN(x)) {
                nans++;
            } else {
                infinities++;
            }
        }
        return new NumberRange(tensor.type(), low, high, nans, infinities, zeros);
    }

    /// How many elements there are.
    public long count() {
        return type.shape().count();
    }

    /// How many elements are NaN or infinite.
    public long nonFinite() {
        return nans + infinities;
    }

    /// `f64[3] in [0, 2.5], 1 infinite`; `f64[3] = 9` if all finite numbers are one.
    @Override
    public String toString() {
        return type
                + bounds()
                + (nans > 0 ? ", " + nans + " NaN" : "")
                + (infinities > 0 ? ", " + infinities + " infinite" : "");
    }

    private String bounds() {
        if (low > high) {
            return "";
        }
        return low == high ? " = " + number(low) : " in [" + number(low) + ", " + number(high) + "]";
    }

    /// Four digits: enough to recognise a number, few enough to read.
    static String number(double x) {
        if (x == Math.rint(x) && Math.abs(x) < 1e6) {
            return Long.toString((long) x);
        }
        String digits = String.format(Locale.ROOT, "%.4g", x);
        return digits.contains("e")
                ? digits.replaceFirst("\\.?0*e", "e").replaceFirst("e\\+?(-?)0*", "e$1")
                : digits.replaceFirst("0+$", "");
    }
}
