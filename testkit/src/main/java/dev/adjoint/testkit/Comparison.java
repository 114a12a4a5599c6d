package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.Jvp;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// Compares the gradient of a function with one number as result, entry by entry.
final class Comparison<A> {
    /// Each next attempt looks this much closer, in case a kink or the end of the domain is near.
    private static final double CLOSER = 0x1.0p-4;

    private static final int ATTEMPTS = 4;
    private static final double SETTLED = 1e-9;

    private final Graph graph;
    private final Executable values;
    private final List<String> paths;
    private final List<Array> point;
    private final Key key;

    Comparison(Function<A, Tensor> scalar, A point, Key key) {
        this.graph = Trace.of(point, scalar).graph();
        this.values = Executable.compile(graph);
        this.paths = List.copyOf(Tree.paths(point).keySet());
        this.point = Tree.leaves(point).stream().map(Array::of).toList();
        this.key = key;
    }

    GradientReport report(int order, long seed, double tolerance) {
        List<GradientEntry> entries = new ArrayList<>();
        List<Array> gradients = gradients();
        for (int leaf = 0, next = 0; leaf < point.size(); leaf++) {
            if (point.get(leaf).dtype().isFloating()) {
                Array gradient = gradients.get(next++);
                for (int i = 0; i < gradient.elements().count(); i++) {
                    entries.add(entry(leaf, i, gradient.elements().get(i)));
                }
            }
        }
        return new GradientReport(order, seed, tolerance, entries, along(entries));
    }

    private List<Array> gradients() {
        List<Array> arguments = new ArrayList<>(point);
        arguments.add(Array.scalar(1.0));
        List<Array> results = Executable.compile(new Vjp().apply(graph)).run(arguments);
        return results.subList(1, results.size());
    }

    private GradientEntry entry(int leaf, int element, double analytic) {
        DoubleFunction<double[]> curve = curve(leaf, element);
        double numeric = settled(curve);
        return new GradientEntry(
                name(leaf, element),
                analytic,
                numeric,
                FiniteDifferences.left(curve)[0],
                FiniteDifferences.right(curve)[0]);
    }

    /// The central difference from as near as it takes to settle.
    private static double settled(DoubleFunction<double[]> curve) {
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        double scale = 1;
        for (int attempt = 0; attempt < ATTEMPTS && !(least < SETTLED); attempt++) {
            double unit = scale;
            var slope = FiniteDifferences.central(h -> curve.apply(h * unit));
            double doubt = slope.worstDoubt() / unit;
            if (doubt < least) {
                least = doubt;
                best = slope.value()[0] / unit;
            }
            scale *= CLOSER;
        }
        return best;
    }

    private DoubleFunction<double[]> curve(int leaf, int element) {
        Array x = point.get(leaf);
        return h -> {
            Elements moved = Elements.wrap(x.toDoubles());
            moved.set(element, moved.get(element) + h);
            List<Array> arguments = new ArrayList<>(point);
            arguments.set(leaf, Array.of(x.type(), moved));
            return values.run(arguments).getFirst().toDoubles();
        };
    }

    private String name(int leaf, int element) {
        String path = paths.get(leaf).isEmpty() ? "x" : paths.get(leaf);
        Shape shape = point.get(leaf).shape();
        if (shape.rank() == 0) {
            return path;
        }
        long[] strides = shape.strides();
        List<String> indices = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            indices.add(Long.toString(element / strides[axis] % shape.dim(axis)));
        }
        return path + "[" + String.join(",", indices) + "]";
    }

    /// Forward mode along a random direction beside the same combination of differences.
    private GradientEntry along(List<GradientEntry> entries) {
        List<Array> directions = new Draw(key)
                .directions(graph.inputTypes()).stream()
                        .filter(t -> t.dtype().isFloating())
                        .toList();
        List<Array> arguments = new ArrayList<>(point);
        arguments.addAll(directions);
        double analytic =
                Executable.compile(new Jvp().apply(graph)).run(arguments).get(1).item();
        double[] numeric = entries.stream().mapToDouble(GradientEntry::numeric).toArray();
        return GradientEntry.smooth("a direction", analytic, Coordinates.dot(numeric, Coordinates.of(directions)));
    }
}
