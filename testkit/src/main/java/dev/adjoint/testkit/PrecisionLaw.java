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
import java.util.Locale;

/// What an operator gives in a narrow floating type, against float64 at the same numbers.
///
/// Every result may be off by a few units of rounding of the narrow type, and by what the exact result moves when the
/// operands move by a few: no method can do better on rounded numbers, and a good one does no worse. Derivatives below 1 are
/// held to units of rounding of 1, because rules are made of rounded results: 1 − y² where the slope of tanh vanishes.
final class PrecisionLaw {
    private PrecisionLaw() {}

    /// What is computed in both types.
    private enum Reading {
        VALUES,
        FORWARD,
        REVERSE;

        Graph of(Graph graph) {
            return switch (this) {
                case VALUES -> graph;
                case FORWARD -> new Jvp().apply(graph);
                case REVERSE -> new Vjp().apply(graph);
            };
        }

        /// The size that smaller numbers are rounded as.
        double floor() {
            return this == VALUES ? 0 : 1;
        }
    }

    static void check(LawCase at) {
        for (Sample narrow : Samples.rounded(at.sample())) {
            for (Reading reading : readings(at)) {
                compare(at, narrow, reading);
            }
        }
    }

    private static List<Reading> readings(LawCase at) {
        if (!Samples.isDifferentiable(at.sample(), at.key())) {
            return List.of(Reading.VALUES);
        }
        return Samples.isReversible(at.sample(), at.key())
                ? List.of(Reading.values())
                : List.of(Reading.VALUES, Reading.FORWARD);
    }

    private static void compare(LawCase at, Sample narrow, Reading reading) {
        Graph graph = reading.of(Samples.graph(narrow));
        Graph exact = reading.of(Samples.graph(at.sample()));
        List<Array> rounded = arguments(at, narrow, graph.inputTypes());
        Condition condition = Condition.at(
                Executable.compile(exact, Kernels.reference()),
                widened(rounded, exact.inputTypes()),
                rounded.stream().map(Array::dtype).toList(),
                at.key());
        for (Kernels kernels : List.of(Kernels.reference(), at.kernels())) {
            List<Array> found = Executable.compile(graph, kernels).run(rounded);
            for (int i = 0; i < found.size(); i++) {
                String where = reading.name().toLowerCase(Locale.ROOT) + ", result " + i;
                double epsilon = Coordinates.epsilon(found.get(i).dtype());
                check(found.get(i), condition.results().get(i), condition.allowed(i, epsilon, reading.floor()), where);
            }
        }
    }

    /// The operands of the sample, then directions.
    private static List<Array> arguments(LawCase at, Sample sample, List<TensorType> types) {
        List<Array> arguments = new ArrayList<>(new Draw(at.key()).operands(sample));
        arguments.addAll(new Draw(at.key()).directions(types.subList(arguments.size(), types.size())));
        return arguments;
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

    private static void check(Array found, Array exact, double[] allowed, String where) {
        DType dtype = found.dtype();
        for (int i = 0; i < allowed.length; i++) {
            double x = found.elements().get(i);
            double y = Elements.scalar(dtype, exact.elements().get(i)).get(0);
            if (Double.compare(x, y) != 0 && !(Math.abs(x - y) <= allowed[i] + leastPositive(dtype))) {
                throw new AssertionError(where + ": element " + i + " of " + found.type() + " is "
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
