package dev.adjoint.cli.expression;

import dev.adjoint.graph.Value;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.op.elementwise.Div;
import dev.adjoint.op.elementwise.Mul;
import dev.adjoint.op.elementwise.Neg;
import dev.adjoint.op.elementwise.Pow;
import dev.adjoint.op.elementwise.Square;
import dev.adjoint.op.elementwise.Sub;
import dev.adjoint.op.source.Constant;
import dev.adjoint.op.source.Input;
import dev.adjoint.tensor.Elements;
import java.util.stream.Collectors;

/// A graph of scalars as a formula, with the parentheses it needs. Parsed again it gives the same graph, as long as its
/// operators are functions of the expression language.
public final class Formula {
    private Formula() {}

    /// How tightly a part holds together; a looser part inside a tighter one needs parentheses.
    private enum Level {
        SUM,
        PRODUCT,
        SIGN,
        POWER,
        ATOM
    }

    private record Part(String text, Level level) {
        String at(Level least) {
            return level.compareTo(least) >= 0 ? text : "(" + text + ")";
        }
    }

    /// The formula of a value by the labels of the inputs.
    public static String of(Value value) {
        return part(value).text();
    }

    private static Part part(Value v) {
        return switch (v.op()) {
            case Input input -> new Part(input.label(), Level.ATOM);
            case Constant constant -> number(constant.elements());
            case Add _ -> infix(v, " + ", Level.SUM, Level.PRODUCT);
            case Sub _ -> infix(v, " - ", Level.SUM, Level.PRODUCT);
            case Mul _ -> infix(v, "*", Level.PRODUCT, Level.SIGN);
            case Div _ -> infix(v, "/", Level.PRODUCT, Level.SIGN);
            case Neg _ -> new Part("-" + negated(v.input(0)), Level.SIGN);
            case Pow _ ->
                new Part(
                        part(v.input(0)).at(Level.ATOM) + "^" + part(v.input(1)).at(Level.SIGN), Level.POWER);
            case Square _ -> new Part(part(v.input(0)).at(Level.ATOM) + "²", Level.POWER);
            default -> new Part(v.op().name() + "(" + arguments(v) + ")", Level.ATOM);
        };
    }

    /// Both signs associate to the left, so the right operand must hold together more tightly than the sign.
    private static Part infix(Value v, String sign, Level level, Level tighter) {
        return new Part(part(v.input(0)).at(level) + sign + part(v.input(1)).at(tighter), level);
    }

    /// A sign before a number would become a part of the number.
    private static String negated(Value operand) {
        Part part = part(operand);
        return operand.op() instanceof Constant ? "(" + part.text() + ")" : part.at(Level.SIGN);
    }

    private static String arguments(Value v) {
        return v.inputs().stream().map(Formula::of).collect(Collectors.joining(", "));
    }

    private static Part number(Elements elements) {
        double value = elements.get(0);
        String text = Double.toString(value).replaceFirst("\\.0$", "");
        return new Part(text, text.startsWith("-") ? Level.SIGN : Level.ATOM);
    }
}
