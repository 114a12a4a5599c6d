package dev.adjoint.explain;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Control;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Op;
import dev.adjoint.op.Primitive;
import dev.adjoint.op.Source;
import dev.adjoint.op.source.Input;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Runs a graph operator by operator, bodies included, and stops at the first operator that makes a NaN or an infinity.
///
/// An operator makes a NaN if none of its operands holds one, and an infinity if all of its operands are finite.
final class Inspection {
    private static final Array WORLD = Array.scalar(0.0);

    private final Graph graph;
    private final String where;
    private final Map<Value, Tensor> known = new HashMap<>();

    /// @param where what the graph is the body of, such as ` in step 3 of scan`, or an empty text
    private Inspection(Graph graph, String where) {
        this.graph = graph;
        this.where = where;
    }

    /// The outputs for numbers in the place of the inputs.
    ///
    /// @throws NonFinite if an operator makes a NaN or an infinity, or an argument holds a NaN
    static List<Tensor> run(Graph graph, List<? extends Tensor> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            NumberRange range = NumberRange.of(arguments.get(i));
            if (range.nans() > 0) {
                Input input = (Input) graph.inputs().get(i).op();
                throw new NonFinite(
                        "argument " + input.label(),
                        graph.inputs().get(i).origin().place(),
                        List.of(),
                        range);
            }
        }
        return body(graph, arguments, "");
    }

    static List<Tensor> body(Graph graph, List<? extends Tensor> arguments, String where) {
        return new Inspection(graph, where).outputs(arguments);
    }

    private List<Tensor> outputs(List<? extends Tensor> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            known.put(graph.inputs().get(i), arguments.get(i));
        }
        for (Value value : graph.values()) {
            if (!known.containsKey(value)) {
                put(value.call(), visit(value));
            }
        }
        return graph.outputs().stream().map(this::known).toList();
    }

    private Tensor known(Value value) {
        return Objects.requireNonNull(known.get(value));
    }

    private void put(Call call, List<Tensor> results) {
        for (int i = 0; i < results.size(); i++) {
            known.put(Value.of(call.results().get(i)), results.get(i));
        }
    }

    private List<Tensor> visit(Value value) {
        List<Tensor> operands = value.inputs().stream().map(this::known).toList();
        List<Tensor> results = compute(value.op(), operands);
        if (!(value.op() instanceof Source)) {
            check(value, operands, results);
        }
        return results;
    }

    private List<Tensor> compute(Op op, List<Tensor> operands) {
        return switch (op) {
            case Control control -> Bodies.run(control, operands, where);
            case Primitive _, Factorization _, Composite _ -> WORLD.apply(op, operands);
        };
    }

    private void check(Value value, List<Tensor> operands, List<Tensor> results) {
        List<NumberRange> taken = operands.stream().map(NumberRange::of).toList();
        for (Tensor result : results) {
            NumberRange given = NumberRange.of(result);
            if (makes(taken, given)) {
                if (value.op() instanceof Composite composite) {
                    body(expansion(value, composite), operands, where);
                }
                String operator = value.origin().named(value) + where;
                throw new NonFinite(operator, value.origin().place(), taken, given);
            }
        }
    }

    private static boolean makes(List<NumberRange> operands, NumberRange result) {
        boolean nan = result.nans() > 0 && operands.stream().noneMatch(x -> x.nans() > 0);
        return nan || (result.infinities() > 0 && operands.stream().noneMatch(x -> x.nonFinite() > 0));
    }

    /// What a composite is made of, to say which part of it is the cause.
    private static Graph expansion(Value value, Composite composite) {
        List<Value> inputs = new ArrayList<>();
        value.inputs().forEach(x -> inputs.add(Value.input("x", x.type())));
        List<Tensor> expanded = Origin.inside(value).during(() -> composite.expandAll(List.copyOf(inputs)));
        return new Graph(inputs, expanded.stream().map(Value::of).toList());
    }
}
