package dev.adjoint.draw;

import dev.adjoint.draw.svg.NumberText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How operators are written inside gates and in lines of text. An operator that is not listed goes by its name.
final class Notation {
    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("add", "+"),
            Map.entry("sub", "−"),
            Map.entry("mul", "×"),
            Map.entry("div", "÷"),
            Map.entry("pow", "xʸ"),
            Map.entry("neg", "×−1"),
            Map.entry("square", "x²"),
            Map.entry("sqrt", "√"),
            Map.entry("rsqrt", "1/√"),
            Map.entry("abs", "|x|"),
            Map.entry("sigmoid", "σ"),
            Map.entry("maximum", "max"),
            Map.entry("minimum", "min"),
            Map.entry("greater", ">"),
            Map.entry("greaterequal", "≥"),
            Map.entry("less", "<"),
            Map.entry("lessequal", "≤"),
            Map.entry("equal", "="),
            Map.entry("notequal", "≠"),
            Map.entry("stopgradient", "stop"));

    private static final Map<String, String> INFIX =
            Map.of("add", "+", "sub", "-", "mul", "*", "div", "/", "pow", "^", "less", "<", "greater", ">");

    private static final Map<String, String> FUNCTIONS = Map.of("maximum", "max", "minimum", "min");

    private static final Set<String> ANY_ORDER = Set.of("add", "mul", "maximum", "minimum", "equal", "notequal");

    /// What still fits into a round gate.
    private static final int LONGEST = 5;

    private Notation() {}

    /// The sign inside a gate.
    static String symbol(String operator) {
        return SYMBOLS.getOrDefault(operator, operator);
    }

    /// Whether the operands may change places.
    static boolean isCommutative(String operator) {
        return ANY_ORDER.contains(operator);
    }

    /// A gate of one operand in the place of a gate whose other operand is a constant: +1, ×2, 1/x, x³. Empty if the
    /// sign would be long, or would read as another operator.
    static Optional<String> withLeft(String operator, double constant) {
        String c = NumberText.significant(constant, 4);
        String sign = switch (operator) {
            case "add" -> constant >= 0 ? "+" + c : "";
            case "mul" -> "×" + c;
            case "sub" -> c + "−x";
            case "div" -> c + "/x";
            default -> "";
        };
        return fitting(sign);
    }

    /// The same with the constant as the right operand.
    static Optional<String> withRight(String operator, double constant) {
        String c = NumberText.significant(constant, 4);
        String sign = switch (operator) {
            case "add", "mul" -> withLeft(operator, constant).orElse("");
            case "sub" -> constant >= 0 ? "−" + c : "";
            case "div" -> constant >= 0 ? "÷" + c : "";
            case "pow" -> constant == Math.rint(constant) && Math.abs(constant) < 1000 ? "x" + raised(c) : "x^" + c;
            default -> "";
        };
        return fitting(sign);
    }

    private static Optional<String> fitting(String sign) {
        return sign.isEmpty() || sign.length() > LONGEST ? Optional.empty() : Optional.of(sign);
    }

    /// Digits as an exponent.
    private static String raised(String digits) {
        return digits.chars()
                .map(c -> c == '−' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// An operator applied to operands, in the language of formulas: `a * b`, `-a`, `sigmoid(a)`.
    static String call(String operator, List<String> operands) {
        if (INFIX.containsKey(operator)) {
            return String.join(" " + INFIX.get(operator) + " ", operands);
        }
        return switch (operator) {
            case "neg" -> "-" + operands.getFirst();
            case "square" -> operands.getFirst() + " ^ 2";
            default -> FUNCTIONS.getOrDefault(operator, operator) + "(" + String.join(", ", operands) + ")";
        };
    }
}
