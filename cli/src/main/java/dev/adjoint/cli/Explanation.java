package dev.adjoint.cli;

import dev.adjoint.cli.expression.Derivatives;
import dev.adjoint.cli.text.Decimal;
import dev.adjoint.cli.text.Table;
import dev.adjoint.draw.Circuit;
import dev.adjoint.draw.CircuitText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What is to be said about an expression, as text and as JSON.
///
/// @param circuit the gates with their values and gradients
/// @param order the highest order of derivatives asked for
/// @param derivatives those of orders 2 to `order`
record Explanation(Circuit circuit, int order, Derivatives derivatives) {
    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth");

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", circuit.value());
        json.put("gradients", circuit.gradients());
        json.put("nodes", new Gates(circuit).json());
        for (int k = 2; k <= order; k++) {
            json.put(ORDINALS.get(k - 1) + "_derivatives", nested(List.of(), k));
        }
        return json;
    }

    /// `{x: {x: …, y: …}, y: {…}}` to the given depth.
    private Object nested(List<Integer> by, int depth) {
        if (by.size() == depth) {
            return derivatives.by(by);
        }
        List<String> names = List.copyOf(circuit.gradients().keySet());
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            List<Integer> more = new ArrayList<>(by);
            more.add(i);
            members.put(names.get(i), nested(more, depth));
        }
        return members;
    }

    String text() {
        StringBuilder text = new StringBuilder(CircuitText.print(circuit).stripTrailing());
        for (int k = 2; k <= order; k++) {
            if (!derivatives.ofOrder(k).isEmpty()) {
                text.append("\n\n").append(derivatives(k));
            }
        }
        return text.toString();
    }

    private Table derivatives(int k) {
        List<String> names = List.copyOf(circuit.gradients().keySet());
        Table table = Table.of(ORDINALS.get(k - 1) + " derivative", ">value");
        String power = "²³⁴".substring(k - 2, k - 1);
        for (List<Integer> by : derivatives.ofOrder(k)) {
            String below = by.stream()
                    .distinct()
                    .map(i -> "∂" + names.get(i) + " ²³⁴".charAt(Collections.frequency(by, i) - 1))
                    .collect(Collectors.joining());
            table.row("∂" + power + "f/" + below.replace(" ", ""), Decimal.of(derivatives.by(by)));
        }
        return table;
    }
}
