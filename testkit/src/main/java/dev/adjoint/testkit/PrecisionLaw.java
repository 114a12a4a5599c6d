package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Jvp;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.List;

/// What an operator gives in a narrow floating type, against float64 at the same numbers.
///
/// Every result may be off by a few units of rounding of the narrow type, and by what the exact result moves when the
/// operands move by a few: no method can do better on rounded numbers, and a good one does no worse.
final class PrecisionLaw {
    private PrecisionLaw() {}

    static void check(LawCase at) {
        for (Sample narrow : Samples.rounded(at.sample())) {
            Graph graph = Samples.graph(narrow);
            Graph exact = Samples.graph(at.sample());
            List<Array> operands = new Draw(at.key()).operands(narrow);
            compare(at, graph, exact, operands, "");
            if (!Samples.isDifferentiable(at.sample(), at.key())) {
                continue;
            }
            compare(at, new Jvp().apply(graph), new Jvp().apply(exact), operands, "forward mode: ");
            if (narrow.op().withoutReverse().isEmpty()) {
                compare(at, new Vjp().apply(graph), new Vjp().apply(exact), operands, "reverse mode: ");
            }
        }
    }

    /// Compares a graph with the same graph of wider types. What it takes beside the operands are directions.
    private static void compare(LawCase at, Graph graph, Graph exact, List<Array> operands, String where) {
        List<Array> rounded = new ArrayList<>(operands);
        List<TensorType> types = graph.inputTypes();
        rounded.addAll(new Draw(at.key()).directions(types.subList(operands.size(), types.size())));
        Condition condition = Condition.at(
                Executable.compile(exact, Kernels.reference()),
                widened(rounded, exact.inputTypes()),
                rounded.stream().map(Array::dtype).toList(),
                at.key());
        for (Kernels kernels : List.of(Kernels.reference(), at.kernels())) {
            List<Array> found = Executable.compile(graph, kernels).run(rounded);
            for (int i = 0; i < found.size(); i++) {
                check(found.get(i), condition, i, where);
            }
        }
    }

    /// The same numbers in wider types.
    private static List<Array> widened(List<Array> rounded, List<TensorType> types) {
        List<Array> widened = new ArrayList<>();
        for (int i = 0; i < rounded.size(); i++) {
            Elements from = rounded.get(i).elements();
            Elements to = Elements.allocate(types.get(i).dtype(), from.count());
            for (int k = 0; k < from.count(); k++) {
                if (from.dtype().isFloating()) {
                    to.set(k, from.get(k));
                } else {
                    to.setLong(k, from.getLong(k));
                }
            }
            widened.add(Array.of(types.get(i), to));
        }
        return widened;
    }

    private static void check(Array found, Condition condition, int result, String where) {
        Array exact = condition.results().get(result);
        DType dtype = found.dtype();
        double[] allowed = condition.allowed(result, Coordinates.epsilon(dtype));
        Elements smallest = Elements.scalar(dtype, dtype.isFloating() ? leastPositive(dtype) : 0);
        for (int i = 0; i < allowed.length; i++) {
            double x = found.elements().get(i);
            double y = Elements.scalar(dtype, exact.elements().get(i)).get(0);
            boolean agrees = Double.compare(x, y) == 0 || Math.abs(x - y) <= allowed[i] + smallest.get(0);
            if (!agrees) {
                throw new AssertionError(where + "result " + result + ", element " + i + " of " + found.type() + " is "
                        + found.elements().text(i) + ", in " + exact.dtype() + " it is "
                        + exact.elements().text(i) + ", allowed distance " + allowed[i]);
            }
        }
    }

    /// What a number that vanishes may be rounded by.
    private static double leastPositive(DType dtype) {
        return switch (dtype) {
            case F32 -> Float.MIN_VALUE;
            case F64 -> Double.MIN_VALUE;
            case BF16 -> 0x1.0p-133;
            case F16 -> 0x1.0p-24;
            case I8, U8, I32, I64, BOOL -> 0;
        };
    }
}
