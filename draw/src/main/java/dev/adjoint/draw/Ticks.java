package dev.adjoint.draw;

import dev.adjoint.draw.svg.NumberText;
import java.util.ArrayList;
import java.util.List;

/// Round numbers along an axis.
///
/// @param low the position of the axis's lower end
/// @param high the position of its upper end
/// @param marks the round numbers between them
record Ticks(double low, double high, List<Mark> marks) {
    /// A round number and where it stands.
    record Mark(double position, String label) {}

    Ticks {
        marks = List.copyOf(marks);
    }

    /// An axis whose ends are round: the range grows to the next steps.
    static Ticks round(double low, double high, int most) {
        double step = step(high - low, most);
        double first = Math.floor(low / step + 1e-9);
        double last = Math.ceil(high / step - 1e-9);
        return new Ticks(first * step, last * step, marks(first, last, step));
    }

    /// An axis whose ends are those of the range.
    static Ticks within(double low, double high, int most) {
        double step = step(high - low, most);
        return new Ticks(low, high, marks(Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9), step));
    }

    /// The smallest of 1, 2, 5, 10, 20 … times a power of ten that cuts a range into at most so many parts.
    private static double step(double range, int most) {
        double power = Math.pow(10, Math.floor(Math.log10(range / most)));
        for (double factor : new double[] {1, 2, 5, 10}) {
            if (range / (factor * power) <= most + 1e-9) {
                return factor * power;
            }
        }
        return 20 * power;
    }

    private static List<Mark> marks(double first, double last, double step) {
        List<Mark> marks = new ArrayList<>();
        for (double k = first; k <= last; k++) {
            marks.add(new Mark(k * step, NumberText.significant(k * step, 8)));
        }
        return marks;
    }

    /// For a range in powers of ten: powers of ten, over less than two of them also their multiples by 2 and 5, over
    /// less than one of them round numbers.
    static Ticks powers(double low, double high, int most) {
        if (high - low < 1) {
            return between(low, high, most);
        }
        if (high - low < 2) {
            return new Ticks(low, high, multiples(low, high));
        }
        double step = Math.max(1, step(high - low, most));
        double first = Math.floor(low / step + 1e-9);
        double last = Math.ceil(high / step - 1e-9);
        List<Mark> marks = marks(first, last, step).stream()
                .map(mark -> power(mark.position, 1))
                .toList();
        return new Ticks(first * step, last * step, marks);
    }

    private static List<Mark> multiples(double low, double high) {
        List<Mark> marks = new ArrayList<>();
        for (double power = Math.floor(low); power <= high; power++) {
            for (int factor : new int[] {1, 2, 5}) {
                marks.add(power(power, factor));
            }
        }
        marks.removeIf(mark -> mark.position < low - 1e-9 || mark.position > high + 1e-9);
        return marks;
    }

    private static Mark power(double power, int factor) {
        return new Mark(power + Math.log10(factor), NumberText.significant(Math.pow(10, Math.rint(power)) * factor, 8));
    }

    /// Within a power of ten, round differences read better than round ratios.
    private static Ticks between(double low, double high, int most) {
        Ticks numbers = within(Math.pow(10, low), Math.pow(10, high), most);
        List<Mark> marks = numbers.marks.stream()
                .map(mark -> new Mark(Math.log10(mark.position), mark.label))
                .toList();
        return new Ticks(low, high, marks);
    }
}
