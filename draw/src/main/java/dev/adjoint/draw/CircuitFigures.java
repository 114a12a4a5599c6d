package dev.adjoint.draw;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides which things the picture of a circuit shows: constants disappear into the signs of gates where that reads
/// well (+1, 1/x, x²), and stand as small numbers elsewhere.
final class CircuitFigures {
    private final Circuit circuit;

    CircuitFigures(Circuit circuit) {
        this.circuit = circuit;
    }

    List<CircuitFigure> list() {
        List<CircuitFigure> gates = circuit.nodes().stream()
                .filter(node -> !node.isConstant())
                .map(this::figure)
                .toList();
        Set<Integer> shown = new HashSet<>(List.of(circuit.output()));
        gates.forEach(gate -> shown.addAll(gate.operands()));
        List<CircuitFigure> all = new ArrayList<>();
        circuit.nodes().stream()
                .filter(node -> node.isConstant() && shown.contains(node.id()))
                .map(this::figure)
                .forEach(all::add);
        all.addAll(gates);
        return all;
    }

    private CircuitFigure figure(Circuit.Node node) {
        return folded(node).orElseGet(() -> figure(node, node.label(), node.inputs()));
    }

    private Optional<CircuitFigure> folded(Circuit.Node node) {
        if (node.inputs().size() != 2) {
            return Optional.empty();
        }
        Circuit.Node left = circuit.nodes().get(node.inputs().get(0));
        Circuit.Node right = circuit.nodes().get(node.inputs().get(1));
        if (left.isConstant() == right.isConstant()) {
            return Optional.empty();
        }
        return left.isConstant()
                ? Notation.withLeft(node.operator(), left.value()).map(sign -> figure(node, sign, List.of(right.id())))
                : Notation.withRight(node.operator(), right.value())
                        .map(sign -> figure(node, sign, List.of(left.id())));
    }

    private CircuitFigure figure(Circuit.Node node, String sign, List<Integer> operands) {
        return new CircuitFigure(node, sign, operands, CircuitFigure.Room.of(circuit, node, sign));
    }
}
