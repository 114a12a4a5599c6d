package dev.adjoint.cli;

import dev.adjoint.cli.expression.Evaluation;
import dev.adjoint.cli.text.Decimal;
import dev.adjoint.cli.text.Table;
import dev.adjoint.graph.Value;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.op.elementwise.Div;
import dev.adjoint.op.elementwise.Mul;
import dev.adjoint.op.elementwise.Pow;
import dev.adjoint.op.elementwise.Sub;
import dev.adjoint.op.source.Constant;
import dev.adjoint.op.source.Input;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The gates of a circuit with their names: an input has its own, everything else the next letter that is free.
final class Gates {
    private final Evaluation evaluation;
    private final Map<Value, String> ids = new LinkedHashMap<>();

    Gates(Evaluation evaluation) {
        this.evaluation = evaluation;
        Set<String> taken = new HashSet<>(evaluation.circuit().names());
        int next = 0;
        for (Value value : evaluation.values().keySet()) {
            if (value.op() instanceof Input input) {
                ids.put(value, input.label());
                continue;
            }
            String id;
            do {
                id = letters(next++);
            } while (taken.contains(id));
            ids.put(value, id);
        }
    }

    /// The name of a value.
    String id(Value value) {
        return Objects.requireNonNull(ids.get(value));
    }

    /// The gates as a table, operands before results.
    Table table() {
        Table table = Table.of("wire", "gate", ">value", ">gradient");
        for (Value value : ids.keySet()) {
            String gradient = evaluation.gradient(value).map(Decimal::of).orElse("");
            table.row(id(value), formula(value), Decimal.of(evaluation.value(value)), gradient);
        }
        return table;
    }

    private String formula(Value value) {
        List<String> operands = value.inputs().stream().map(this::id).toList();
        return switch (value.op()) {
            case Input _ -> "variable";
            case Constant _ -> "number";
            case Add _ -> String.join(" + ", operands);
            case Sub _ -> String.join(" - ", operands);
            case Mul _ -> String.join(" * ", operands);
            case Div _ -> String.join(" / ", operands);
            case Pow _ -> String.join(" ^ ", operands);
            default -> value.op().name() + "(" + String.join(", ", operands) + ")";
        };
    }

    /// The members of the JSON list `nodes`, operands before results.
    List<Map<String, Object>> nodes() {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (Value value : ids.keySet()) {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("id", id(value));
            node.put("op", value.op().name());
            node.put("inputs", value.inputs().stream().map(this::id).toList());
            node.put("value", evaluation.value(value));
            node.put("gradient", evaluation.gradient(value));
            nodes.add(node);
        }
        return nodes;
    }

    /// a … z, aa, ab …
    private static String letters(int number) {
        String last = Character.toString((char) ('a' + number % 26));
        return number < 26 ? last : letters(number / 26 - 1) + last;
    }
}
