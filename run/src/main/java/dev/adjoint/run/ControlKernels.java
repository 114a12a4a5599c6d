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
import java.util.Arrays;

/// Loops and branches, run as executables of their bodies.
final class ControlKernels {
    private ControlKernels() {}

    static Kernel of(Control control, Kernels kernels) {
        return switch (control) {
            case Scan scan -> new ScanKernel(scan, compile((Graph) scan.body(), kernels));
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

    private static Kernel cond(Executable yes, Executable no) {
        return (inputs, outputs) -> {
            Executable chosen = inputs[0].getLong(0) != 0 ? yes : no;
            Elements[] results = fresh(chosen);
            chosen.run(Arrays.copyOfRange(inputs, 1, inputs.length), results);
            finish(results, outputs, results.length);
        };
    }

    private static Kernel call(Executable body) {
        return (inputs, outputs) -> {
            Elements[] results = fresh(body);
            body.run(inputs, results);
            finish(results, outputs, results.length);
        };
    }

    private static Kernel whileLoop(While loop, Executable condition, Executable body) {
        return (inputs, outputs) -> {
            Elements[] arguments = inputs.clone();
            Elements[][] results = {fresh(body), fresh(body)};
            for (int t = 0; holds(condition, arguments); t++) {
                Elements[] now = results[t & 1].clone();
                body.run(arguments, now);
                carry(now, results[t & 1], arguments, loop.carries());
            }
            finish(arguments, outputs, loop.carries());
        };
    }

    /// Makes results the arguments of the next step. One that a body hands on from its arguments is copied: the memory that
    /// it stands in belongs to the step after the next.
    @SuppressWarnings("ReferenceEquality") // the question is which memory it is
    static void carry(Elements[] found, Elements[] own, Elements[] arguments, int count) {
        for (int i = 0; i < count; i++) {
            if (found[i] != own[i]) {
                copy(found[i], 0, own[i], 0, own[i].count());
            }
            arguments[i] = own[i];
        }
    }

    private static boolean holds(Executable condition, Elements[] arguments) {
        Elements[] result = fresh(condition);
        condition.run(arguments, result);
        return result[0].getLong(0) != 0;
    }

    /// Memory for the results of a body.
    static Elements[] fresh(Executable body) {
        return body.plan().resultTypes().stream().map(ControlKernels::fresh).toArray(Elements[]::new);
    }

    private static Elements fresh(TensorType type) {
        return Elements.allocate(type.dtype(), type.shape().count());
    }

    static void finish(Elements[] results, Elements[] outputs, int count) {
        for (int i = 0; i < count; i++) {
            copy(results[i], 0, outputs[i], 0, results[i].count());
        }
    }

    @SuppressWarnings("SuspiciousSystemArraycopy") // both arrays are of the same primitive type
    static void copy(Elements from, int start, Elements to, int at, int count) {
        System.arraycopy(from.array(), start, to.array(), at, count);
    }
}
