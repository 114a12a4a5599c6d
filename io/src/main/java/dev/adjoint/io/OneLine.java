package dev.adjoint.io;

/// Text from outside, made fit to stand in a message of one line.
final class OneLine {
    private static final int LONGEST = 200;

    private OneLine() {}

    /// The text with control characters escaped, and cut after 200 characters.
    static String of(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            if (Character.isISOControl(c)) {
                line.append("\\u%04x".formatted(c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > LONGEST
                ? line.append('…').toString()
                : line.toString();
    }
}
