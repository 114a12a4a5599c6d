package dev.adjoint.cli.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The values given to names, as texts `name=value`.
final class Bindings {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final Map<String, Double> values = new LinkedHashMap<>();

    /// @throws ExpressionError if a text is not `name=number` or a name is given twice
    Bindings(List<String> texts) {
        for (String text : texts) {
            int equals = text.indexOf('=');
            String name = text.substring(0, Math.max(equals, 0)).strip();
            if (equals < 0 || !Lexer.isName(name)) {
                throw ExpressionError.of(
                        "'" + text + "' is not name=value; an expression with spaces or signs of the shell"
                                + " needs quotes: '(x+y)*z'");
            }
            double value = number(name, text.substring(equals + 1).strip());
            if (values.putIfAbsent(name, value) != null) {
                throw ExpressionError.of(name + " is given twice; give it one value");
            }
        }
    }

    private static double number(String name, String text) {
        String ascii = text.replace('−', '-');
        if (!NUMBER.matcher(ascii).matches()) {
            throw ExpressionError.of(
                    "the value of " + name + ", '" + text + "', is not a number; write it like -2, 0.5 or 1e-3");
        }
        double value = Double.parseDouble(ascii);
        if (Double.isInfinite(value)) {
            throw ExpressionError.of("the value of " + name + ", " + text + ", is too large for a 64-bit number");
        }
        return value;
    }

    /// The values of the names in order.
    ///
    /// @throws ExpressionError if a name has no value, or a value no name
    Map<String, Double> of(Expression expression) {
        List<String> names = expression.names();
        for (String given : values.keySet()) {
            if (!names.contains(given)) {
                throw ExpressionError.of(given + " does not occur in the expression"
                        + (names.isEmpty() ? ", which has no names" : "; its names are " + String.join(", ", names)));
            }
        }
        Map<String, Double> inOrder = new LinkedHashMap<>();
        names.forEach(name -> inOrder.put(name, value(expression, name)));
        return inOrder;
    }

    private double value(Expression expression, String name) {
        Double value = values.get(name);
        if (value == null) {
            throw ExpressionError.at(expression.columns().getOrDefault(name, 1), expression.text(), missing(name));
        }
        return value;
    }

    private static String missing(String name) {
        FunctionTable functions = new FunctionTable();
        String hint = functions.names().contains(name)
                ? "; " + name + " is a function and needs parentheses"
                : "; add " + name + "=…";
        return "no value for " + name + hint;
    }
}
