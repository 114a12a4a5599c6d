package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.control.Scan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A scan in parts that can be taken away and added to.
///
/// @param carried what goes from step to step: inputs of the body, operands, and what the body makes of them
/// @param scanned what every step has a slice of
/// @param constants what is the same in every step
/// @param stacked what the body returns beside the carried values
/// @param steps how many steps there are, in which order
/// @param origin where the scan comes from
record ScanLoop(
        Carried carried, Entering scanned, Entering constants, List<Value> stacked, Scan.Steps steps, Origin origin) {
    /// Inputs of the body and what stands for them outside.
    record Entering(List<Value> inputs, List<Value> operands) {
        Entering {
            inputs = List.copyOf(inputs);
            operands = List.copyOf(operands);
        }

        Entering and(Entering more) {
            return new Entering(Vjp.concat(inputs, more.inputs), Vjp.concat(operands, more.operands));
        }

        Map<Value, Value> byInput() {
            Map<Value, Value> map = new LinkedHashMap<>();
            for (int i = 0; i < inputs.size(); i++) {
                map.put(inputs.get(i), operands.get(i));
            }
            return map;
        }

        /// Those that are read.
        private Entering retain(Set<Value> read) {
            List<Value> kept = new ArrayList<>();
            List<Value> outside = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                if (read.contains(inputs.get(i))) {
                    kept.add(inputs.get(i));
                    outside.add(operands.get(i));
                }
            }
            return new Entering(kept, outside);
        }
    }

    /// Values that go from step to step.
    record Carried(Entering entering, List<Value> next) {
        Carried {
            next = List.copyOf(next);
        }
    }

    ScanLoop {
        stacked = List.copyOf(stacked);
    }

    static ScanLoop of(Call call, List<Value> operands, Transform bodies) {
        Scan scan = (Scan) call.op();
        Graph body = bodies.apply((Graph) scan.body());
        int first = scan.carries();
        int last = first + scan.scanned();
        int all = operands.size();
        return new ScanLoop(
                new Carried(
                        new Entering(body.inputs().subList(0, first), operands.subList(0, first)),
                        body.outputs().subList(0, first)),
                new Entering(body.inputs().subList(first, last), operands.subList(first, last)),
                new Entering(body.inputs().subList(last, all), operands.subList(last, all)),
                body.outputs().subList(first, body.outputs().size()),
                scan.steps(),
                Value.of(call.out()).origin());
    }

    /// The loop with other results, and as many carried values as they need.
    ScanLoop with(Carried others, List<Value> stack) {
        return new ScanLoop(others, scanned, constants, stack, steps, origin);
    }

    /// The number of steps.
    long length() {
        return steps.length();
    }

    /// What the body returns.
    List<Value> outputs() {
        return Vjp.concat(carried.next, stacked);
    }

    /// What the body takes.
    List<Value> inputs() {
        return Vjp.concat(carried.entering.inputs, Vjp.concat(scanned.inputs, constants.inputs));
    }

    /// The body's values, operands before results.
    List<Value> values() {
        return new Graph(inputs(), outputs()).values();
    }

    /// The results of the scan. What no step reads does not enter it.
    List<Value> results() {
        Set<Value> read = new HashSet<>(outputs());
        values().forEach(value -> read.addAll(value.inputs()));
        ScanLoop used = new ScanLoop(carried, scanned.retain(read), constants.retain(read), stacked, steps, origin);
        return used.call();
    }

    private List<Value> call() {
        Graph body = new Graph(inputs(), outputs());
        Scan scan = new Scan(body, carried.next.size(), scanned.inputs.size(), steps);
        List<Value> operands = Vjp.concat(carried.entering.operands, Vjp.concat(scanned.operands, constants.operands));
        return outputs().isEmpty() ? List.of() : Value.call(scan, operands, origin);
    }
}
