package dev.adjoint.graph;

/// Reads the words and signs of a text, skipping white space.
final class Scanner {
    private final String text;
    private int position;
    private int wordStart;

    Scanner(String text) {
        this.text = text;
    }

    /// The next character that is not white space, or 0 at the end.
    char peek() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : 0;
    }

    /// Whether nothing but blanks is left on the line, or a closing brace follows.
    boolean atLineEnd() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
        return position == text.length() || "\r\n}".indexOf(text.charAt(position)) >= 0;
    }

    boolean accept(String sign) {
        peek();
        if (text.startsWith(sign, position)) {
            position += sign.length();
            return true;
        }
        return false;
    }

    void expect(String sign) {
        if (!accept(sign)) {
            throw error("expected '" + sign + "' but found " + found());
        }
    }

    /// A name, number or word: letters, digits and the signs `_ . + -`.
    String word() {
        char first = peek();
        wordStart = position;
        while (position < text.length() && isWordCharacter(text.charAt(position)) && !atArrow()) {
            position++;
        }
        if (position == wordStart) {
            throw error("expected a name or a number but found " + (first == 0 ? "the end" : "'" + first + "'"));
        }
        return text.substring(wordStart, position);
    }

    private boolean atArrow() {
        return text.startsWith("->", position);
    }

    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '+' || c == '-';
    }

    private String found() {
        return peek() == 0 ? "the end" : "'" + peek() + "'";
    }

    /// An error where the scanner stands.
    GraphSyntaxError error(String message) {
        return error(message, position);
    }

    /// An error at the beginning of the last word.
    GraphSyntaxError wordError(String message) {
        return error(message, wordStart);
    }

    private GraphSyntaxError error(String message, int at) {
        String before = text.substring(0, at);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new GraphSyntaxError(line, at - before.lastIndexOf('\n'), message);
    }
}
