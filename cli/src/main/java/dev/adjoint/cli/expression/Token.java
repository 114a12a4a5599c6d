package dev.adjoint.cli.expression;

/// A word or sign of an expression.
///
/// @param kind what it is
/// @param text how it was written
/// @param column where it begins, from 1, in characters
record Token(Kind kind, String text, int column) {
    enum Kind {
        NUMBER,
        NAME,
        /// A run of raised digits: the ² of x².
        SUPERSCRIPT,
        PLUS,
        MINUS,
        TIMES,
        DIVIDE,
        POWER,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    /// How messages call it.
    String described() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
