package dev.adjoint.draw.svg;

/// How much room words take in a sans-serif font that the viewer chooses.
///
/// The advances are those of DejaVu Sans in hundredths of the font size. It is the widest of the usual fonts (Arial and
/// Helvetica need about a tenth less), so words stay inside the room reserved for them wherever the drawing is opened.
public final class TextWidth {
    private static final int[] ASCII = {
        32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, //   ! " # $ % & ' ( ) * + , - . /
        64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53, // 0 … 9 : ; < = > ?
        100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, // @ A … O
        60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, // P … Z [ \ ] ^ _
        50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, // ` a … o
        63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84 // p … z { | } ~
    };

    /// Mathematical signs, Greek, Cyrillic, accented letters: at most this.
    private static final int OTHER = 84;

    /// Arrows, ideographs, emoji and the rest.
    private static final int WIDE = 105;

    private TextWidth() {}

    /// The width of words in pixels at a font size in pixels.
    public static double of(String words, double size) {
        return words.codePoints().map(TextWidth::advance).sum() / 100.0 * size;
    }

    private static int advance(int codePoint) {
        if (codePoint >= 32 && codePoint < 127) {
            return ASCII[codePoint - 32];
        }
        return codePoint < 0x2000 || codePoint == '−' || codePoint == '√' || codePoint == '∞' ? OTHER : WIDE;
    }
}
