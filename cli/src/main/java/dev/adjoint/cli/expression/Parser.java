package dev.adjoint.cli.expression;

import dev.adjoint.cli.expression.Token.Kind;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Op;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.op.elementwise.Div;
import dev.adjoint.op.elementwise.Mul;
import dev.adjoint.op.elementwise.Neg;
import dev.adjoint.op.elementwise.Pow;
import dev.adjoint.op.elementwise.Square;
import dev.adjoint.op.elementwise.Sub;
import dev.adjoint.tensor.NearestNames;
import java.util.ArrayList;
import java.util.List;

/// Recursive descent over the grammar
///
/// ```
/// sum      = product { ("+" | "-") product }
/// product  = signed { ("*" | "/") signed }
/// signed   = ("-" | "+") signed | power
/// power    = raised [ "^" signed ]
/// raised   = primary { superscript }
/// primary  = number | name | name "(" sum { "," sum } ")" | "(" sum ")"
/// ```
///
/// so that −x² is −(x²), 2^−x is a power and x^y^z is x^(y^z). Only parentheses, signs and exponents nest; their depth is
/// limited, the length of an expression is not.
///
/// @param <E> what the expression is read as
public final class Parser<E> {
    private static final int DEEPEST = 200;

    private final String text;
    private final List<Token> tokens;
    private final Reading<E> reading;
    private final FunctionTable functions = new FunctionTable();
    private int position;
    private int depth;

    private Parser(String text, Reading<E> reading) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
        this.reading = reading;
    }

    /// Reads a whole text as one expression.
    ///
    /// @throws ExpressionError with the column if the text does not follow the grammar, names an unknown function, calls one
    ///     with the wrong number of arguments, or nests deeper than 200 levels
    public static <E> E parse(String text, Reading<E> reading) {
        if (text.isBlank()) {
            throw ExpressionError.of("the expression is empty");
        }
        return new Parser<>(text, reading).whole();
    }

    private E whole() {
        E result = sum();
        Token next = next();
        return switch (next.kind()) {
            case END -> result;
            case CLOSE -> throw error(next, "')' without a '(' before it");
            case NUMBER, NAME, OPEN ->
                throw error(next, "expected an operator before " + next.described() + "; multiply with *");
            default -> throw error(next, "expected an operator before " + next.described());
        };
    }

    private E sum() {
        E left = product();
        while (true) {
            if (accept(Kind.PLUS)) {
                left = call(new Add(), left, product());
            } else if (accept(Kind.MINUS)) {
                left = call(new Sub(), left, product());
            } else {
                return left;
            }
        }
    }

    private E product() {
        E left = signed();
        while (true) {
            if (accept(Kind.TIMES)) {
                left = call(new Mul(), left, signed());
            } else if (accept(Kind.DIVIDE)) {
                left = call(new Div(), left, signed());
            } else {
                return left;
            }
        }
    }

    private E signed() {
        Token sign = next();
        if (sign.kind() != Kind.MINUS && sign.kind() != Kind.PLUS) {
            return power();
        }
        position++;
        if (sign.kind() == Kind.MINUS && next().kind() == Kind.NUMBER && !isRaised(tokens.get(position + 1))) {
            return reading.number(-number(take()));
        }
        deeper(sign);
        E operand = signed();
        depth--;
        return sign.kind() == Kind.PLUS ? operand : reading.call(new Neg(), List.of(operand));
    }

    private static boolean isRaised(Token token) {
        return token.kind() == Kind.POWER || token.kind() == Kind.SUPERSCRIPT;
    }

    private E power() {
        E base = primary();
        while (next().kind() == Kind.SUPERSCRIPT) {
            base = raise(base, take());
        }
        if (next().kind() != Kind.POWER) {
            return base;
        }
        deeper(take());
        E exponent = signed();
        depth--;
        return call(new Pow(), base, exponent);
    }

    private E raise(E base, Token superscript) {
        if (superscript.text().equals("²")) {
            return reading.call(new Square(), List.of(base));
        }
        StringBuilder digits = new StringBuilder();
        superscript.text().chars().forEach(c -> digits.append(c == '⁻' ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)));
        return call(new Pow(), base, reading.number(Double.parseDouble(digits.toString())));
    }

    private E primary() {
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> reading.number(number(token));
            case NAME -> next().kind() == Kind.OPEN ? function(token) : reading.name(token.text(), token.column());
            case OPEN -> {
                deeper(token);
                E inner = sum();
                close(token);
                yield inner;
            }
            case END -> throw error(token, "a number, name or '(' is missing at the end");
            default -> throw error(token, "expected a number, name or '(' but found " + token.described());
        };
    }

    private double number(Token token) {
        double value = Double.parseDouble(token.text());
        if (Double.isInfinite(value)) {
            throw error(token, token.text() + " is too large for a 64-bit number");
        }
        return value;
    }

    private E function(Token name) {
        Elementwise op = functions
                .find(name.text())
                .orElseThrow(() -> error(
                        name,
                        "unknown function '" + name.text() + "'" + NearestNames.hint(name.text(), functions.names())));
        Token open = take();
        deeper(open);
        List<E> arguments = new ArrayList<>();
        if (next().kind() != Kind.CLOSE) {
            do {
                arguments.add(sum());
            } while (accept(Kind.COMMA));
        }
        close(open);
        if (arguments.size() != op.arity()) {
            throw error(name, name.text() + " takes " + count(op.arity()) + ", not " + arguments.size());
        }
        return reading.call(op, arguments);
    }

    private static String count(int arguments) {
        return arguments == 1 ? "1 argument" : arguments + " arguments";
    }

    private void deeper(Token token) {
        if (++depth > DEEPEST) {
            throw error(token, "nested deeper than " + DEEPEST + " levels");
        }
    }

    private void close(Token open) {
        depth--;
        Token token = next();
        if (token.kind() == Kind.END) {
            throw error(open, "'(' is never closed");
        }
        if (token.kind() == Kind.COMMA) {
            throw error(token, "a comma separates the arguments of a function only");
        }
        if (!accept(Kind.CLOSE)) {
            String times = token.kind() == Kind.NAME || token.kind() == Kind.NUMBER || token.kind() == Kind.OPEN
                    ? "; multiply with *"
                    : "";
            throw error(token, "expected an operator or ')' before " + token.described() + times);
        }
    }

    private E call(Op op, E left, E right) {
        return reading.call(op, List.of(left, right));
    }

    private Token next() {
        return tokens.get(position);
    }

    private Token take() {
        Token token = next();
        position = Math.min(position + 1, tokens.size() - 1);
        return token;
    }

    private boolean accept(Kind kind) {
        if (next().kind() != kind) {
            return false;
        }
        position++;
        return true;
    }

    private ExpressionError error(Token token, String message) {
        return ExpressionError.at(token.column(), text, message);
    }
}
