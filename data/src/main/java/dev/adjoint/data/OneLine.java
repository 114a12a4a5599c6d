package dev.adjoint.data;

/// Text from outside, made fit to stand in a message of one line.
final class OneLine {
    private static final int LONGEST = 40;
    private static final int LONGEST_REASON = 160;

    private OneLine() {}

    /// The text with control characters escaped, and cut after 40 characters.
    static String of(String text) {
        return of(text, LONGEST);
    }

    /// What went wrong below, in the words of who noticed.
    static String of(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : of(cause.getMessage(), LONGEST_REASON);
    }

    private static String of(String text, int longest) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(longest).forEach(c -> {
            if (Character.isISOControl(c)) {
                line.append("\\u%04x".formatted(c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > longest
                ? line.append('…').toString()
                : line.toString();
    }
}
