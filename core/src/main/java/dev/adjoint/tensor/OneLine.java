package dev.adjoint.tensor;

/// Text from outside, made fit to stand in a message of one line.
public final class OneLine {
    private static final int LONGEST = 200;

    private OneLine() {}

    /// The text with control characters escaped, and cut after 200 characters.
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /// What went wrong below, in the words of who noticed.
    public static String of(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : of(cause.getMessage());
    }

    /// The text with control characters escaped, and cut after so many characters.
    public static String of(String text, int longest) {
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
