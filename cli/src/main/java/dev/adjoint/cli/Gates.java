package dev.adjoint.cli;

import dev.adjoint.draw.Circuit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The nodes of a circuit as members of the JSON list `nodes`: variables go by their name, everything else by the next
/// letter that is free. Numbers of the expression have no gradient.
final class Gates {
    private final Circuit circuit;
    private final List<String> ids = new ArrayList<>();

    Gates(Circuit circuit) {
        this.circuit = circuit;
        Set<String> taken = new HashSet<>(circuit.gradients().keySet());
        int next = 0;
        for (Circuit.Node node : circuit.nodes()) {
            while (!node.isInput() && !taken.add(letters(next))) {
                next++;
            }
            ids.add(node.isInput() ? node.label() : letters(next));
        }
    }

    /// One object for every node, operands before results.
    List<Map<String, Object>> json() {
        return circuit.nodes().stream().map(this::json).toList();
    }

    private Map<String, Object> json(Circuit.Node node) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", ids.get(node.id()));
        json.put("op", node.operator());
        json.put("inputs", node.inputs().stream().map(ids::get).toList());
        json.put("value", node.value());
        json.put("gradient", node.isConstant() ? Optional.empty() : node.gradient());
        return json;
    }

    /// a … z, aa, ab …
    private static String letters(int number) {
        String last = Character.toString((char) ('a' + number % 26));
        return number < 26 ? last : letters(number / 26 - 1) + last;
    }
}
