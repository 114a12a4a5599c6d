package dev.adjoint.run;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.Control;
import dev.adjoint.op.control.Cond;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.op.control.Scan;
import dev.adjoint.op.control.While;
import dev.adjoint.op.control.WithJvp;
import dev.adjoint.op.control.WithVjp;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Loops and branches, run as executables of their bodies.
final class ControlKernels {
    private ControlKernels() {}

    static Kernel of(Control control, Kernels kernels) {
        return switch (control) {
            case Scan scan -> scan(scan, compile((Graph) scan.body(), kernels));
            case Cond cond -> cond(compile((Graph) cond.yes(), kernels), compile((Graph) cond.no(), kernels));
            case While loop ->
                whileLoop(loop, compile((Graph) loop.condition(), kernels), compile((Graph) loop.body(), kernels));
            case Recompute op -> call(compile((Graph) op.body(), kernels));
            case WithVjp op -> call(compile((Graph) op.body(), kernels));
            case WithJvp op -> call(compile((Graph) op.body(), kernels));
        };
    }

    private static Executable compile(Graph body, Kernels kernels) {
        return Executable.compile(body, kernels);
    }

    private static Kernel scan(Scan scan, Executable body) {
        int scanned = scan.carries() + scan.scanned();
        return (inputs, outputs) -> {
            Elements[] arguments = inputs.clone();
            for (int t = 0; t < scan.length(); t++) {
                for (int i = scan.carries(); i < scanned; i++) {
                    arguments[i] = slice(inputs[i], t, body.plan().arguments().get(i));
                }
                Elements[] results = body.run(arguments);
                System.arraycopy(results, 0, arguments, 0, scan.carries());
                for (int i = scan.carries(); i < results.length; i++) {
                    copy(results[i], 0, outputs[i], t * results[i].count());
                }
            }
            for (int i = 0; i < scan.carries(); i++) {
                copy(arguments[i], 0, outputs[i], 0);
            }
        };
    }

    private static Elements slice(Elements stacked, int step, TensorType type) {
        Elements slice = Elements.allocate(type.dtype(), type.shape().count());
        System.arraycopy(stacked.array(), step * slice.count(), slice.array(), 0, slice.count());
        return slice;
    }

    private static Kernel cond(Executable yes, Executable no) {
        return (inputs, outputs) -> {
            List<Elements> arguments = new ArrayList<>(List.of(inputs));
            boolean holds = arguments.removeFirst().getLong(0) != 0;
            Elements[] results = (holds ? yes : no).run(arguments.toArray(Elements[]::new));
            for (int i = 0; i < results.length; i++) {
                copy(results[i], 0, outputs[i], 0);
            }
        };
    }

    private static Kernel call(Executable body) {
        return (inputs, outputs) -> {
            Elements[] results = body.run(inputs);
            for (int i = 0; i < results.length; i++) {
                copy(results[i], 0, outputs[i], 0);
            }
        };
    }

    private static Kernel whileLoop(While loop, Executable condition, Executable body) {
        return (inputs, outputs) -> {
            Elements[] arguments = inputs.clone();
            while (condition.run(arguments)[0].getLong(0) != 0) {
                System.arraycopy(body.run(arguments), 0, arguments, 0, loop.carries());
            }
            for (int i = 0; i < loop.carries(); i++) {
                copy(arguments[i], 0, outputs[i], 0);
            }
        };
    }

    private static void copy(Elements from, int start, Elements to, int at) {
        System.arraycopy(from.array(), start, to.array(), at, from.count());
    }
}
