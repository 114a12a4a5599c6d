package dev.adjoint.data;

import java.util.List;

/// Decimal numbers as text: `-12`, `3.5`, `1e-3`; neither hexadecimal, nor suffixes, nor words.
public final class Numbers {
    /// Numbers of at most this many digits are below 2²⁴ and so are exact in f32.
    private static final int EXACT_DIGITS = 7;

    private static final float[] POWERS_OF_TEN = {1, 10, 100, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f};

    private Numbers() {}

    /// Whether no cell is a number.
    public static boolean areAbsent(List<String> cells) {
        return cells.stream().allMatch(cell -> Float.isNaN(parse(cell.strip())));
    }

    /// The nearest f32 number, infinite beyond its range; NaN if the text is not a decimal number.
    public static float parse(String text) {
        float few = fewDigits(text);
        if (!Float.isNaN(few)) {
            return few;
        }
        try {
            return hasOnlyNumberSigns(text) ? Float.parseFloat(text) : Float.NaN;
        } catch (NumberFormatException e) {
            return Float.NaN;
        }
    }

    /// The number if it has a few digits, perhaps a point, and nothing else; otherwise NaN. Most cells are such, and
    /// the quotient of two exact numbers is rounded once, so this is what the general parser gives, in a tenth of the
    /// time.
    private static float fewDigits(String text) {
        int number = 0;
        int point = -1;
        int length = text.length();
        if (length == 0 || length > EXACT_DIGITS) {
            return Float.NaN;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                number = 10 * number + (c - '0');
            } else if (c == '.' && point < 0 && length > 1) {
                point = i;
            } else {
                return Float.NaN;
            }
        }
        return point < 0 ? number : number / POWERS_OF_TEN[length - 1 - point];
    }

    /// Java also reads `NaN`, `0x1p3` and `1f` as numbers.
    private static boolean hasOnlyNumberSigns(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789.-+eE".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
