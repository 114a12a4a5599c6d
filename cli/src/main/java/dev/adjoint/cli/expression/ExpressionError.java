package dev.adjoint.cli.expression;

import dev.adjoint.tensor.AdjointException;
import java.io.Serial;

/// A text that is not an expression, or values that do not fit it.
public final class ExpressionError extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int EXCERPT = 24;

    private ExpressionError(String message) {
        super(message);
    }

    /// An error that belongs to no place of the text.
    static ExpressionError of(String message) {
        return new ExpressionError(message);
    }

    /// An error at a column, with what stands there.
    static ExpressionError at(int column, String text, String message) {
        return new ExpressionError("column " + column + ": " + message + excerpt(column, text));
    }

    /// The text around the column, its ends cut off if it is long.
    private static String excerpt(int column, String text) {
        int length = text.codePointCount(0, text.length());
        int from = Math.max(0, Math.min(column - 1, length) - EXCERPT / 2);
        int to = Math.min(length, from + EXCERPT);
        String part = text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to))
                .replaceAll("\\s", " ");
        return " (in " + (from > 0 ? "…" : "") + part + (to < length ? "…" : "") + ")";
    }
}
