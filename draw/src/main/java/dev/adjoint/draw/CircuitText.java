package dev.adjoint.draw;

import dev.adjoint.draw.svg.NumberText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A circuit as aligned lines of text: a name for every value, what computes it, its number and its gradient.
///
/// ```
/// value      forward  gradient
/// x               -2        -4
/// y                5        -4
/// z               -4         3
/// a = x + y        3        -4
/// b = a * z      -12         1
/// ```
public final class CircuitText {
    private static final int DIGITS = 6;

    private CircuitText() {}

    /// One line for every value but the constants, which stand where they are used.
    public static String print(Circuit circuit) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("value", "forward", "gradient"));
        Map<Integer, String> names = names(circuit);
        for (Circuit.Node node : circuit.nodes()) {
            if (!node.isConstant() || node.id() == circuit.output()) {
                rows.add(List.of(line(node, names), ascii(node.value()), ascii(node.gradient())));
            }
        }
        int[] widths = new int[3];
        rows.forEach(row -> widen(widths, row));
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(row.get(0)).append(" ".repeat(widths[0] - row.get(0).length()));
            for (int column = 1; column < 3; column++) {
                text.append(" ".repeat(2 + widths[column] - row.get(column).length()))
                        .append(row.get(column));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void widen(int[] widths, List<String> row) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], row.get(column).length());
        }
    }

    private static String line(Circuit.Node node, Map<Integer, String> names) {
        String name = names.getOrDefault(node.id(), "");
        if (node.inputs().isEmpty()) {
            return name;
        }
        List<String> operands =
                node.inputs().stream().map(id -> names.getOrDefault(id, "")).toList();
        return name + " = " + Notation.call(node.operator(), operands);
    }

    /// Inputs keep their labels, constants are their digits, the others are called a … z, a1 … as far as these are
    /// free.
    private static Map<Integer, String> names(Circuit circuit) {
        Map<Integer, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>();
        circuit.nodes().stream().filter(Circuit.Node::isInput).forEach(node -> taken.add(node.label()));
        int next = 0;
        for (Circuit.Node node : circuit.nodes()) {
            if (node.isInput()) {
                names.put(node.id(), node.label());
            } else if (node.isConstant()) {
                names.put(node.id(), node.value() < 0 ? "(" + ascii(node.value()) + ")" : ascii(node.value()));
            } else {
                while (!taken.add(letters(next))) {
                    next++;
                }
                names.put(node.id(), letters(next));
            }
        }
        return names;
    }

    private static String letters(int number) {
        String letter = Character.toString((char) ('a' + number % 26));
        return number < 26 ? letter : letter + number / 26;
    }

    /// Terminals and other programs read the plain minus sign.
    private static String ascii(double number) {
        return NumberText.significant(number, DIGITS).replace('−', '-').replace("∞", "inf");
    }
}
