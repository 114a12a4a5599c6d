package dev.adjoint.cli.expression;

import dev.adjoint.cli.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From characters to tokens. A name begins with a letter of any script; digits, lowered digits, underscores and accents
/// may follow: `x`, `w_0`, `x₁`, `λ`, `x̂`.
final class Lexer {
    private static final Pattern NUMBER = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Mn}\\p{Nd}_₀-₉]*");
    private static final Pattern SUPERSCRIPT = Pattern.compile("⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Lexer(String text) {
        this.text = text;
    }

    /// The tokens; the last is the end.
    ///
    /// @throws ExpressionError at a character that begins no token
    static List<Token> tokens(String text) {
        return new Lexer(text).run();
    }

    /// Whether a text is one name.
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private List<Token> run() {
        while (position < text.length()) {
            int character = text.codePointAt(position);
            if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
                position += Character.charCount(character);
            } else if (!word(Kind.NUMBER, NUMBER) && !word(Kind.NAME, NAME) && !word(Kind.SUPERSCRIPT, SUPERSCRIPT)) {
                add(sign(character), Character.toString(character));
            }
        }
        add(Kind.END, "");
        return List.copyOf(tokens);
    }

    private boolean word(Kind kind, Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        add(kind, matcher.group());
        return true;
    }

    private void add(Kind kind, String word) {
        tokens.add(new Token(kind, word, column()));
        position += word.length();
    }

    private int column() {
        return text.codePointCount(0, position) + 1;
    }

    private Kind sign(int character) {
        return switch (character) {
            case '+' -> Kind.PLUS;
            case '-', '−' -> Kind.MINUS;
            case '*', '·', '×', '⋅', '∙' -> Kind.TIMES;
            case '/', '÷' -> Kind.DIVIDE;
            case '^' -> Kind.POWER;
            case '(' -> Kind.OPEN;
            case ')' -> Kind.CLOSE;
            case ',' -> Kind.COMMA;
            default -> throw unexpected(character);
        };
    }

    private ExpressionError unexpected(int character) {
        String shown = Character.isISOControl(character)
                ? String.format("U+%04X", character)
                : "'" + Character.toString(character) + "'";
        return ExpressionError.at(
                column(),
                text,
                "unexpected character " + shown + hint(character).orElse(""));
    }

    private static Optional<String> hint(int character) {
        return switch (character) {
            case '=' -> Optional.of("; values are given after the expression, as name=value");
            case '[', '{' -> Optional.of("; parentheses are round");
            case '√' -> Optional.of("; write sqrt(x)");
            default -> Optional.empty();
        };
    }
}
