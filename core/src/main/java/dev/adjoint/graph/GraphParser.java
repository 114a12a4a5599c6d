package dev.adjoint.graph;

import dev.adjoint.op.Op;
import dev.adjoint.op.source.Input;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the grammar of [GraphText].
final class GraphParser {
    private final Scanner scanner;
    private final Map<String, Class<? extends Op>> operators;
    private final Map<String, Value> names = new HashMap<>();

    GraphParser(String text, Map<String, Class<? extends Op>> operators) {
        this(new Scanner(text), operators);
    }

    private GraphParser(Scanner scanner, Map<String, Class<? extends Op>> operators) {
        this.scanner = scanner;
        this.operators = operators;
    }

    /// The body of a loop or branch: a graph with names of its own.
    private Graph nested() {
        return new GraphParser(scanner, operators).part();
    }

    Graph graph() {
        try {
            Graph graph = part();
            if (scanner.peek() != 0) {
                throw scanner.error("nothing may follow the graph");
            }
            return graph;
        } catch (GraphSyntaxError e) {
            throw e;
        } catch (AdjointException e) {
            throw scanner.wordError(String.valueOf(e.getMessage()));
        }
    }

    private Graph part() {
        scanner.expect("graph");
        scanner.expect("(");
        List<Value> inputs = new ArrayList<>();
        while (!scanner.accept(")")) {
            Typed typed = typed();
            Value input = Value.input(typed.name, typed.type);
            define(typed, input);
            inputs.add(input);
            scanner.accept(",");
        }
        scanner.expect("{");
        while (!scanner.accept("}")) {
            statement();
        }
        scanner.expect("->");
        scanner.expect("(");
        List<Value> outputs = new ArrayList<>();
        while (!scanner.accept(")")) {
            outputs.add(known(scanner.word()));
            scanner.accept(",");
        }
        return new Graph(inputs, outputs);
    }

    private record Typed(String name, TensorType type) {}

    private Typed typed() {
        String name = scanner.word();
        scanner.expect(":");
        return new Typed(name, AttributeText.type(scanner));
    }

    private void statement() {
        List<Typed> results = new ArrayList<>();
        do {
            results.add(typed());
        } while (scanner.accept(","));
        scanner.expect("=");
        Op op = AttributeText.parse(operator(scanner.word()), scanner, this::nested);
        List<Value> values = Value.call(op, operands(), Origin.UNKNOWN);
        if (values.size() != results.size()) {
            throw scanner.error(op.name() + " has " + values.size() + " results, not " + results.size());
        }
        for (int i = 0; i < results.size(); i++) {
            define(results.get(i), values.get(i));
        }
    }

    /// Names until the line ends.
    private List<Value> operands() {
        List<Value> operands = new ArrayList<>();
        while (!scanner.atLineEnd()) {
            operands.add(known(scanner.word()));
        }
        return operands;
    }

    private Class<? extends Op> operator(String name) {
        Class<? extends Op> op = operators.get(name);
        if (op == Input.class) {
            throw scanner.wordError("arguments stand in the brackets behind 'graph'");
        }
        if (op == null) {
            throw scanner.wordError("there is no operator '" + name + "'");
        }
        return op;
    }

    private Value known(String name) {
        Value value = names.get(name);
        if (value == null) {
            throw scanner.wordError("'" + name + "' is not defined");
        }
        return value;
    }

    private void define(Typed typed, Value value) {
        if (!value.type().equals(typed.type)) {
            throw scanner.error("'" + typed.name + "' is declared as " + typed.type + " but is " + value.type());
        }
        if (names.put(typed.name, value) != null) {
            throw scanner.error("'" + typed.name + "' is defined twice");
        }
    }
}
