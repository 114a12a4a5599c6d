package dev.adjoint.draw;

import dev.adjoint.draw.svg.NumberText;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.elementwise.Cast;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.op.source.Constant;
import dev.adjoint.op.source.Input;
import dev.adjoint.transform.KeptForBackward;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides which things the picture of a tensor graph shows, and in which words.
final class TensorFigures {
    private final Graph graph;
    private final Set<String> parameters;
    private final Map<Value, String> marks = new HashMap<>();

    TensorFigures(Graph graph, Set<String> parameters, List<KeptForBackward> kept) {
        this.graph = graph;
        this.parameters = Set.copyOf(parameters);
        kept.stream()
                .filter(k -> !k.isArgument())
                .forEach(k -> marks.put(k.value(), "kept " + NumberText.bytes(k.bytes())));
    }

    List<TensorFigure> list() {
        List<TensorFigure> figures = new ArrayList<>();
        Set<Call> drawn = new HashSet<>();
        for (Value value : graph.values()) {
            if (isShown(value) && drawn.add(value.call())) {
                figures.add(value.isInput() ? input(value) : operator(value));
            }
        }
        for (int i = 0; i < graph.outputs().size(); i++) {
            String title = graph.outputs().size() == 1 ? "output" : "output " + i;
            List<Value> operand = List.of(graph.outputs().get(i));
            figures.add(new TensorFigure(TensorFigure.Kind.OUTPUT, title, "", operand, List.of()));
        }
        return figures;
    }

    private boolean isShown(Value value) {
        return !isFolded(value);
    }

    /// Constants, also repeated or reshaped ones, are words inside the operators that use them.
    private boolean isFolded(Value value) {
        return isConstant(value) && !graph.outputs().contains(value);
    }

    private static boolean isConstant(Value value) {
        return switch (value.op()) {
            case Constant _ -> true;
            case Broadcast _, Reshape _, Cast _ -> isConstant(value.input(0));
            default -> false;
        };
    }

    private TensorFigure input(Value value) {
        String label = ((Input) value.op()).label();
        TensorFigure.Kind kind = parameters.contains(label) ? TensorFigure.Kind.PARAMETER : TensorFigure.Kind.INPUT;
        return new TensorFigure(kind, label, "", List.of(), results(value));
    }

    private TensorFigure operator(Value value) {
        List<Value> operands = value.inputs().stream().filter(this::isShown).toList();
        return new TensorFigure(TensorFigure.Kind.OPERATOR, value.op().name(), detail(value), operands, results(value));
    }

    private List<TensorFigure.Result> results(Value value) {
        return value.call().results().stream().map(Value::of).map(this::result).toList();
    }

    private TensorFigure.Result result(Value value) {
        return new TensorFigure.Result(value, value.type().toString(), marks.getOrDefault(value, ""));
    }

    private String detail(Value value) {
        if (value.op() instanceof Constant) {
            return words(value);
        }
        String attributes = OperatorDetail.of(
                value.op(), value.inputs().stream().map(Value::type).toList());
        String constants = constants(value);
        return attributes + (attributes.isEmpty() || constants.isEmpty() ? "" : ", ") + constants;
    }

    /// What the operator does with its constants: 1/x, +1; their digits or types where there is no such sign.
    private String constants(Value value) {
        List<Value> folded = value.inputs().stream().filter(this::isFolded).toList();
        String words = folded.stream().map(TensorFigures::words).collect(Collectors.joining(", "));
        if (folded.size() != 1
                || value.inputs().size() != 2
                || number(folded.getFirst()).isEmpty()) {
            return words;
        }
        double number = number(folded.getFirst()).getAsDouble();
        String operator = value.op().name();
        Optional<String> sign =
                isFolded(value.input(0)) ? Notation.withLeft(operator, number) : Notation.withRight(operator, number);
        return sign.orElse(words);
    }

    private static OptionalDouble number(Value constant) {
        return switch (constant.op()) {
            case Constant c
            when c.elements().count() == 1 -> OptionalDouble.of(c.elements().get(0));
            case Constant _ -> OptionalDouble.empty();
            default -> number(constant.input(0));
        };
    }

    /// A single number as its digits, more of them as their type.
    private static String words(Value constant) {
        OptionalDouble number = number(constant);
        return number.isPresent() ? NumberText.significant(number.getAsDouble(), 4) : "constant " + constant.type();
    }
}
