package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Body;
import dev.adjoint.op.Control;
import dev.adjoint.op.control.Cond;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.op.control.Scan;
import dev.adjoint.op.control.While;
import dev.adjoint.op.control.WithJvp;
import dev.adjoint.op.control.WithVjp;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Loops and branches over a batch: their bodies batched.
final class BatchedControl {
    private BatchedControl() {}

    static List<Tensor> apply(Control control, Batched operands) {
        return switch (control) {
            case Scan scan -> scan(scan, operands);
            case Cond cond -> cond(cond, operands);
            case While loop -> whileLoop(loop, operands);
            case Recompute op ->
                operands.x()
                        .apply(
                                new Recompute(batch(op.body(), operands.mapped(), operands.size())),
                                operands.operands());
            case WithVjp op -> {
                List<Tensor> all = operands.repeated();
                yield all.getFirst()
                        .apply(new WithVjp(batch(op.body(), operands), batch(op.pullback(), operands)), all);
            }
            case WithJvp op -> {
                List<Tensor> all = operands.repeated();
                yield all.getFirst()
                        .apply(new WithJvp(batch(op.body(), operands), batch(op.pushforward(), operands)), all);
            }
        };
    }

    /// All carried values get the batch axis; scanned tensors keep the axis of steps in front of it.
    private static List<Tensor> scan(Scan scan, Batched operands) {
        int first = scan.carries() + scan.scanned();
        List<Boolean> mapped = IntStream.range(0, operands.operands().size())
                .mapToObj(i -> i < scan.carries() || operands.isMapped(i))
                .toList();
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < mapped.size(); i++) {
            Tensor x = i < scan.carries()
                    ? operands.repeated(i)
                    : operands.operands().get(i);
            boolean stacked = i >= scan.carries() && i < first && mapped.get(i);
            all.add(stacked ? x.swapAxes(0, 1) : x);
        }
        Graph body = new Batch(mapped, operands.size()).apply((Graph) scan.body());
        Scan batched = new Scan(body, scan.carries(), scan.scanned(), scan.steps());
        List<Tensor> results = all.getFirst().apply(batched, all);
        return IntStream.range(0, results.size())
                .mapToObj(i ->
                        i < scan.carries() ? results.get(i) : results.get(i).swapAxes(0, 1))
                .toList();
    }

    /// One condition for all examples chooses one branch; one for each computes both and chooses element by element.
    private static List<Tensor> cond(Cond cond, Batched operands) {
        List<Tensor> arguments =
                operands.operands().subList(1, operands.operands().size());
        List<Boolean> mapped = operands.mapped().subList(1, operands.mapped().size());
        Graph yes = new Batch(mapped, operands.size()).apply((Graph) cond.yes());
        Graph no = new Batch(mapped, operands.size()).apply((Graph) cond.no());
        if (!operands.isMapped(0)) {
            return operands.x().apply(new Cond(yes, no), operands.operands());
        }
        List<Tensor> left = yes.apply(arguments);
        List<Tensor> right = no.apply(arguments);
        return IntStream.range(0, left.size())
                .mapToObj(i -> choose(operands.x(), left.get(i), right.get(i)))
                .toList();
    }

    private static Tensor choose(Tensor condition, Tensor yes, Tensor no) {
        Tensor column = condition;
        while (column.rank() < yes.rank()) {
            column = column.expand(-1);
        }
        return column.where(yes, no);
    }

    /// Goes on while one example goes on; examples that are done keep their values.
    private static List<Tensor> whileLoop(While loop, Batched operands) {
        int carries = loop.carries();
        List<Boolean> mapped = IntStream.range(0, operands.operands().size())
                .mapToObj(i -> i < carries || operands.isMapped(i))
                .toList();
        List<Tensor> all = IntStream.range(0, mapped.size())
                .mapToObj(i ->
                        i < carries ? operands.repeated(i) : operands.operands().get(i))
                .toList();
        Graph going = batch(loop.condition(), mapped, operands.size());
        Graph body = batch(loop.body(), mapped, operands.size());
        Tensor active = Value.of(going.apply(body.inputs()).getFirst());
        List<Tensor> next = body.apply(body.inputs());
        List<Value> kept = IntStream.range(0, carries)
                .mapToObj(
                        i -> Value.of(choose(active, next.get(i), body.inputs().get(i))))
                .toList();
        Tensor any = going.outputs().getFirst().to(DType.I32).max().gt(0);
        While batched =
                new While(new Graph(going.inputs(), List.of(Value.of(any))), new Graph(body.inputs(), kept), carries);
        return all.getFirst().apply(batched, all);
    }

    private static Graph batch(Body body, Batched operands) {
        return batch(body, Collections.nCopies(body.inputTypes().size(), true), operands.size());
    }

    private static Graph batch(Body body, List<Boolean> mapped, long size) {
        return new Batch(mapped, size).apply((Graph) body);
    }
}
