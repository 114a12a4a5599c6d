package dev.adjoint.explain;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.control.Cond;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.op.control.Scan;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Puts the operators of bodies in the places of the loops, branches and checkpoints that hold them, for given numbers: loops
/// step by step, of branches the one that is taken.
final class Opened {
    /// Longer loops stay what they are.
    private static final long LONGEST = 1000;

    private static final Array WORLD = Array.scalar(0.0);

    private final String where;
    private final Map<Value, Known> known = new HashMap<>();

    /// A value of the opened graph, and its numbers.
    private record Known(Value value, Tensor number) {
        static Known at(Known stacked, long index, Origin origin) {
            Tensor slice = origin.during(() -> stacked.value.take(0, index));
            return new Known(Value.of(slice), stacked.number.take(0, index));
        }

        static Known stack(List<Known> rows, Origin origin) {
            Tensor all = origin.during(
                    () -> Tensor.stack(0, rows.stream().map(Known::value).toList()));
            return new Known(
                    Value.of(all),
                    Tensor.stack(0, rows.stream().map(Known::number).toList()));
        }
    }

    private Opened(String where) {
        this.where = where;
    }

    /// The graph without bodies, with the same inputs.
    static Graph of(Graph graph, List<? extends Tensor> arguments) {
        List<Known> inputs = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            inputs.add(new Known(graph.inputs().get(i), arguments.get(i)));
        }
        List<Known> outputs = new Opened("").outputs(graph, inputs);
        return new Graph(graph.inputs(), outputs.stream().map(Known::value).toList());
    }

    private List<Known> outputs(Graph graph, List<Known> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            known.put(graph.inputs().get(i), arguments.get(i));
        }
        for (Value value : graph.values()) {
            if (!known.containsKey(value)) {
                List<Known> results = results(value);
                for (int i = 0; i < results.size(); i++) {
                    known.put(Value.of(value.call().results().get(i)), results.get(i));
                }
            }
        }
        return graph.outputs().stream().map(this::known).toList();
    }

    private Known known(Value value) {
        return Objects.requireNonNull(known.get(value));
    }

    private List<Known> results(Value value) {
        List<Known> operands = value.inputs().stream().map(this::known).toList();
        return switch (value.op()) {
            case Recompute op -> new Opened(where).outputs((Graph) op.body(), operands);
            case Cond cond -> {
                boolean holds = operands.getFirst().number().elements().getLong(0) != 0;
                Graph chosen = (Graph) (holds ? cond.yes() : cond.no());
                yield new Opened(" in cond" + where).outputs(chosen, operands.subList(1, operands.size()));
            }
            case Scan scan when scan.length() > 0 && scan.length() <= LONGEST -> steps(value, scan, operands);
            default -> applied(value, operands);
        };
    }

    private List<Known> applied(Value value, List<Known> operands) {
        List<Value> results =
                Value.call(value.op(), operands.stream().map(Known::value).toList(), placed(value.origin()));
        List<Tensor> numbers =
                WORLD.apply(value.op(), operands.stream().map(Known::number).toList());
        List<Known> all = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            all.add(new Known(results.get(i), numbers.get(i)));
        }
        return all;
    }

    /// `relu in step 3 of scan`
    private Origin placed(Origin origin) {
        return where.isEmpty() ? origin : new Origin((origin.rule() + where).strip(), origin.caller());
    }

    private List<Known> steps(Value value, Scan scan, List<Known> operands) {
        Origin inside = placed(Origin.inside(value));
        List<Known> arguments = new ArrayList<>(operands);
        List<List<Known>> rows = new ArrayList<>();
        for (long t : scan.steps().places()) {
            for (int i = scan.carries(); i < scan.carries() + scan.scanned(); i++) {
                arguments.set(i, Known.at(operands.get(i), t, inside));
            }
            List<Known> row = new Opened(" in step " + t + " of scan" + where).outputs((Graph) scan.body(), arguments);
            for (int i = 0; i < scan.carries(); i++) {
                arguments.set(i, row.get(i));
            }
            rows.add(row);
        }
        List<List<Known>> stacked = scan.steps().order() == Scan.Order.BACKWARD ? rows.reversed() : rows;
        List<Known> all = new ArrayList<>(arguments.subList(0, scan.carries()));
        for (int i = scan.carries(); i < scan.body().outputTypes().size(); i++) {
            int result = i;
            all.add(Known.stack(stacked.stream().map(row -> row.get(result)).toList(), inside));
        }
        return all;
    }
}
