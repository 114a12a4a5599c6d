package dev.adjoint.draw;

/// How numbers become heights.
public enum Scale {
    /// Equal differences are equally high.
    LINEAR {
        @Override
        double position(double number) {
            return number;
        }
    },
    /// Equal ratios are equally high; zero and negative numbers have no place and leave gaps.
    LOGARITHMIC {
        @Override
        double position(double number) {
            return number > 0 ? Math.log10(number) : Double.NaN;
        }
    };

    /// Beyond this, differences overflow.
    private static final double LARGEST = 1e300;

    /// Below this, quotients of differences underflow.
    private static final double SMALLEST = 1e-300;

    /// Where a number stands before it is stretched to pixels; NaN if it has no place.
    abstract double position(double number);

    /// The position of a number that can be drawn, else NaN. Numbers that are too small to tell from 0 count as 0.
    final double drawable(double number) {
        double size = Math.abs(number);
        return size <= LARGEST ? position(size < SMALLEST ? 0 : number) : Double.NaN;
    }
}
