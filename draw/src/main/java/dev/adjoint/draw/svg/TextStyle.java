package dev.adjoint.draw.svg;

/// How words look.
///
/// @param size the font size in pixels
/// @param fill the colour
/// @param anchor which part of the words stands at the given place
public record TextStyle(double size, String fill, Anchor anchor) {
    /// Which part of the words stands at the given place.
    public enum Anchor {
        START,
        MIDDLE,
        END
    }

    public static TextStyle start(double size, String fill) {
        return new TextStyle(size, fill, Anchor.START);
    }

    public static TextStyle middle(double size, String fill) {
        return new TextStyle(size, fill, Anchor.MIDDLE);
    }

    public static TextStyle end(double size, String fill) {
        return new TextStyle(size, fill, Anchor.END);
    }

    /// The room that words in this style take from left to right.
    public double width(String words) {
        return TextWidth.of(words, size);
    }

    /// The words, or as many of them as a width has room for, and an ellipsis.
    public String fitted(String words, double width) {
        String fitted = words;
        for (int kept = words.codePointCount(0, words.length()); kept > 0 && width(fitted) > width; kept--) {
            fitted = words.substring(0, words.offsetByCodePoints(0, kept - 1)) + "…";
        }
        return fitted;
    }
}
