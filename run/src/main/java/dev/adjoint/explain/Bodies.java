package dev.adjoint.explain;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.Control;
import dev.adjoint.op.control.Cond;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.op.control.Scan;
import dev.adjoint.op.control.While;
import dev.adjoint.op.control.WithJvp;
import dev.adjoint.op.control.WithVjp;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Loops and branches, inspected step by step.
final class Bodies {
    private Bodies() {}

    static List<Tensor> run(Control control, List<Tensor> operands, String where) {
        return switch (control) {
            case Scan scan -> scan(scan, operands, where);
            case Cond cond -> {
                boolean holds = operands.getFirst().elements().getLong(0) != 0;
                Graph chosen = (Graph) (holds ? cond.yes() : cond.no());
                yield Inspection.body(chosen, operands.subList(1, operands.size()), " in cond" + where);
            }
            case While loop -> whileLoop(loop, operands, where);
            case Recompute op -> Inspection.body((Graph) op.body(), operands, where);
            case WithVjp op -> Inspection.body((Graph) op.body(), operands, where);
            case WithJvp op -> Inspection.body((Graph) op.body(), operands, where);
        };
    }

    private static List<Tensor> scan(Scan scan, List<Tensor> operands, String where) {
        int scanned = scan.carries() + scan.scanned();
        List<Tensor> arguments = new ArrayList<>(operands);
        List<List<Tensor>> rows = new ArrayList<>();
        for (long t : scan.steps().places()) {
            for (int i = scan.carries(); i < scanned; i++) {
                arguments.set(i, operands.get(i).take(0, t));
            }
            List<Tensor> results =
                    Inspection.body((Graph) scan.body(), arguments, " in step " + t + " of scan" + where);
            for (int i = 0; i < scan.carries(); i++) {
                arguments.set(i, results.get(i));
            }
            rows.add(results);
        }
        List<List<Tensor>> inOrder = scan.steps().order() == Scan.Order.BACKWARD ? rows.reversed() : rows;
        List<Tensor> all = new ArrayList<>(arguments.subList(0, scan.carries()));
        for (int i = scan.carries(); i < scan.body().outputTypes().size(); i++) {
            all.add(stacked(inOrder, i, scan.body().outputTypes().get(i)));
        }
        return all;
    }

    private static Tensor stacked(List<List<Tensor>> rows, int result, TensorType type) {
        return rows.isEmpty()
                ? Array.zeros(type.withShape(type.shape().prepend(0)))
                : Tensor.stack(0, rows.stream().map(row -> row.get(result)).toList());
    }

    private static List<Tensor> whileLoop(While loop, List<Tensor> operands, String where) {
        List<Tensor> arguments = new ArrayList<>(operands);
        for (long t = 0; holds(loop, arguments, where); t++) {
            List<Tensor> results =
                    Inspection.body((Graph) loop.body(), arguments, " in step " + t + " of while" + where);
            for (int i = 0; i < results.size(); i++) {
                arguments.set(i, results.get(i));
            }
        }
        return arguments.subList(0, loop.carries());
    }

    private static boolean holds(While loop, List<Tensor> arguments, String where) {
        List<Tensor> condition =
                Inspection.body((Graph) loop.condition(), arguments, " in the condition of while" + where);
        return condition.getFirst().elements().getLong(0) != 0;
    }
}
