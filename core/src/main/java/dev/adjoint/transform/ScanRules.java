package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Substitution;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Tangents;
import dev.adjoint.op.control.Scan;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Forward and reverse mode of [Scan], from the derivatives of its body.
final class ScanRules {
    private final Call call;
    private final Scan scan;
    private final Graph body;
    private final Parts<Value> inputs;

    ScanRules(Call call) {
        this.call = call;
        this.scan = (Scan) call.op();
        this.body = (Graph) scan.body();
        this.inputs = Parts.of(body.inputs(), scan.carries(), scan.scanned());
    }

    /// A list that belongs to the carried values, the scanned tensors and the constants.
    private record Parts<T>(List<T> carried, List<T> scanned, List<T> constants) {
        static <T> Parts<T> of(List<T> all, int carries, int scanned) {
            return new Parts<>(
                    all.subList(0, carries),
                    all.subList(carries, carries + scanned),
                    all.subList(carries + scanned, all.size()));
        }

        List<T> all() {
            return ScanRules.join(carried, scanned, constants);
        }
    }

    /// The scan of the body and its tangents side by side: its results are those of the scan, then the tangents of the
    /// floating ones.
    List<Tensor> forward(Tangents tangents) {
        Graph both = new Jvp().apply(body);
        Parts<Value> moving = floating(
                both.inputs().subList(body.inputs().size(), both.inputs().size()), inputs);
        List<Value> newInputs = new Parts<>(
                        join(inputs.carried, moving.carried),
                        join(inputs.scanned, moving.scanned),
                        join(inputs.constants, moving.constants))
                .all();
        int results = body.outputs().size();
        List<Value> values = both.outputs().subList(0, results);
        List<Value> derived = both.outputs().subList(results, both.outputs().size());
        int carriedMoving = moving.carried.size();
        List<Value> newOutputs = join(
                values.subList(0, scan.carries()),
                derived.subList(0, carriedMoving),
                join(values.subList(scan.carries(), results), derived.subList(carriedMoving, derived.size())));
        Scan joint = new Scan(
                new Graph(newInputs, newOutputs),
                scan.carries() + carriedMoving,
                scan.scanned() + moving.scanned.size(),
                scan.steps());
        List<Tensor> out = call.x().apply(joint, operands(tangents));
        return reorder(out, carriedMoving);
    }

    private List<Tensor> operands(Tangents tangents) {
        Parts<Tensor> operands = Parts.of(call.operands(), scan.carries(), scan.scanned());
        List<Tensor> moving = IntStream.range(0, call.operands().size())
                .filter(i -> call.operand(i).dtype().isFloating())
                .mapToObj(tangents::of)
                .toList();
        Parts<Tensor> directions = floating(moving, inputs);
        return new Parts<>(
                        join(operands.carried, directions.carried),
                        join(operands.scanned, directions.scanned),
                        join(operands.constants, directions.constants))
                .all();
    }

    /// From (c, tc, y, ty) to (c, y, tc, ty).
    private List<Tensor> reorder(List<Tensor> out, int carriedMoving) {
        int carries = scan.carries();
        int stacked = body.outputs().size() - carries;
        int tangentsFrom = carries + carriedMoving + stacked;
        return join(
                join(out.subList(0, carries), out.subList(carries + carriedMoving, tangentsFrom)),
                out.subList(carries, carries + carriedMoving),
                out.subList(tangentsFrom, out.size()));
    }

    /// What belongs to the floating inputs, split like the inputs.
    private static <T> Parts<T> floating(List<T> all, Parts<Value> like) {
        return Parts.of(
                all,
                Activity.differentiable(like.carried).size(),
                Activity.differentiable(like.scanned).size());
    }

    /// The reverse pass of a scan: the scan that also stacks what it remembers of every step, and one step backwards.
    ///
    /// @param remembering the scan, with the remembered values behind its own results
    /// @param step the body of the scan backwards
    record Reverse(Scan remembering, Graph step) {}

    Reverse reverse() {
        Graph vjp = new Vjp().apply(body);
        int results = body.outputs().size();
        List<Value> forward = vjp.outputs().subList(0, results);
        List<Value> seeds =
                vjp.inputs().subList(body.inputs().size(), vjp.inputs().size());
        List<Value> backward = vjp.outputs().subList(results, vjp.outputs().size());
        List<Value> remembered = remembered(seeds, backward);
        Graph longer = new Graph(body.inputs(), join(forward, remembered));
        Scan remembering = new Scan(longer, scan.carries(), scan.scanned(), scan.steps());
        return new Reverse(remembering, backwardStep(seeds, backward, remembered));
    }

    /// The values of the body that its backward part reads and that are not scanned or constant anyway. What depends on
    /// constants alone is the same in every step, and computed where it is read.
    private List<Value> remembered(List<Value> seeds, List<Value> backward) {
        if (scan.steps().memory() == Scan.Memory.RECOMPUTE) {
            return inputs.carried;
        }
        Graph whole = new Graph(join(body.inputs(), seeds), backward);
        List<Value> read = Split.of(whole, body.inputs().size(), 0).residuals();
        return new RememberedValues(join(inputs.scanned, inputs.constants), moving(whole)).of(read);
    }

    /// The values of a graph that can differ from step to step.
    private Set<Value> moving(Graph graph) {
        Set<Value> moving = new HashSet<>(ScanRules.<Value>join(inputs.carried, inputs.scanned));
        for (Value value : graph.values()) {
            if (value.inputs().stream().anyMatch(moving::contains)) {
                moving.add(value);
            }
        }
        return moving;
    }

    /// One step backwards: takes (cotangents carried, cotangents of constants so far), (remembered, scanned, cotangents
    /// stacked), constants; returns the carried ones before the step, then the cotangents of the scanned.
    private Graph backwardStep(List<Value> seeds, List<Value> backward, List<Value> remembered) {
        Map<Value, Value> entering = new HashMap<>();
        remembered.forEach(v -> entering.put(v, Value.input("r", v.type())));
        List<Value> replaced = Substitution.apply(backward, entering);
        Parts<Value> cotangents = floating(replaced, inputs);
        int carried = Activity.differentiable(body.outputs().subList(0, scan.carries()))
                .size();
        List<Value> sums = new ArrayList<>();
        List<Value> totals = new ArrayList<>();
        for (Value cotangent : cotangents.constants) {
            Value sum = Value.input("s", cotangent.type());
            sums.add(sum);
            totals.add(Value.of(sum.add(cotangent)));
        }
        List<Value> stepInputs = join(
                join(seeds.subList(0, carried), sums),
                join(
                        remembered.stream().map(entering::get).toList(),
                        inputs.scanned,
                        seeds.subList(carried, seeds.size())),
                inputs.constants);
        return new Graph(stepInputs, join(cotangents.carried, totals, cotangents.scanned));
    }

    /// The cotangents of the floating operands, in order, for a scan that remembers nothing: it runs once more.
    List<Tensor> backwards(List<Tensor> cotangents) {
        Reverse reverse = reverse();
        List<Tensor> all = call.x().apply(reverse.remembering, call.operands());
        return backwards(reverse.step, cotangents, all.subList(call.results().size(), all.size()));
    }

    /// The cotangents of the floating operands, in order.
    ///
    /// @param step one step backwards
    /// @param cotangents those of the scan's results
    /// @param history the stacked remembered values
    List<Tensor> backwards(Graph step, List<Tensor> cotangents, List<Tensor> history) {
        Parts<Tensor> operands = Parts.of(call.operands(), scan.carries(), scan.scanned());
        List<Tensor> floating =
                cotangents.stream().filter(t -> t.dtype().isFloating()).toList();
        int carried = Activity.differentiable(body.outputs().subList(0, scan.carries()))
                .size();
        List<Tensor> zeros = operands.constants.stream()
                .filter(k -> k.dtype().isFloating())
                .map(Tensor::zerosLike)
                .toList();
        List<Tensor> stacked = join(history, operands.scanned, floating.subList(carried, floating.size()));
        Scan back = new Scan(
                step, carried + zeros.size(), stacked.size(), scan.steps().reversed());
        List<Tensor> all = join(join(floating.subList(0, carried), zeros), stacked, operands.constants);
        List<Tensor> out = call.x().apply(back, all);
        List<Tensor> ofScanned = out.subList(carried + zeros.size(), out.size());
        return join(out.subList(0, carried), ofScanned, out.subList(carried, carried + zeros.size()));
    }

    private static <T> List<T> join(List<? extends T> first, List<? extends T> second) {
        return join(first, second, List.of());
    }

    private static <T> List<T> join(List<? extends T> first, List<? extends T> second, List<? extends T> third) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }
}
