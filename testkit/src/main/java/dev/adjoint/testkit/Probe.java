package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Jvp;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/// A graph at a point of float64 numbers, whose derivatives are compared with differences of its values.
///
/// @param graph the function
/// @param point where it is looked at
/// @param moving which inputs move; the others have one allowed value, or are not floating
record Probe(Graph graph, List<Array> point, List<Boolean> moving) {
    private static final int DIRECTIONS = 3;

    /// Where the extrapolated differences are in doubt by more than this, the point is not smooth.
    private static final double SMOOTH = 1e-8;

    private static final double ROUNDING = 0x1p-52;

    Probe {
        point = List.copyOf(point);
        moving = List.copyOf(moving);
    }

    /// The worst relative errors of both modes, or how rough the function is here.
    ///
    /// @param forward the error of forward mode, of any coordinate along any direction
    /// @param reverse the error of reverse mode, along any direction
    /// @param smooth whether the differences agree among themselves, so that the errors mean something
    record Errors(double forward, double reverse, boolean smooth) {
        static final Errors NONE = new Errors(0, 0, true);
        static final Errors UNKNOWN = new Errors(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, false);

        Errors worst(Errors other) {
            return new Errors(
                    Math.max(forward, other.forward), Math.max(reverse, other.reverse), smooth && other.smooth);
        }

        double either() {
            return Math.max(forward, reverse);
        }
    }

    /// Whether there is anything to differentiate.
    boolean isDifferentiable() {
        return moving.contains(true)
                && graph.outputTypes().stream().anyMatch(t -> t.dtype().isFloating());
    }

    /// Both modes against central differences, along random directions.
    Errors errors(Key key) {
        if (!isDifferentiable()) {
            return Errors.NONE;
        }
        Executable values = run(graph);
        Executable forward = run(new Jvp().apply(graph));
        Optional<Executable> reverse = reversible().map(Probe::run);
        Errors worst = Errors.NONE;
        for (int i = 0; i < DIRECTIONS; i++) {
            List<Array> t = direction(key.fold(i));
            List<Array> ct = cotangent(key.fold(100 + i));
            var slope = FiniteDifferences.central(curve(values, t));
            double[] tangent = Coordinates.of(tangents(forward, t));
            worst = worst.worst(new Errors(
                    Coordinates.relativeError(tangent, slope.value()),
                    reverse.map(r -> reverseError(r, t, ct, slope.value())).orElse(0.0),
                    slope.worstDoubt() < SMOOTH));
        }
        return worst;
    }

    private double reverseError(Executable reverse, List<Array> t, List<Array> ct, double[] slope) {
        double pulled = Coordinates.dot(Coordinates.of(gradients(reverse, ct)), Coordinates.of(t));
        return Coordinates.relativeError(pulled, Coordinates.dot(slope, Coordinates.of(ct)));
    }

    /// The reverse graph, unless an operator refuses it.
    Optional<Graph> reversible() {
        boolean refused =
                graph.calls().stream().anyMatch(v -> !v.op().withoutReverse().isEmpty());
        return refused ? Optional.empty() : Optional.of(new Vjp().apply(graph));
    }

    /// How far ⟨ct, J·t⟩ and ⟨Jᵀ·ct, t⟩ lie apart, relative to the size of their terms.
    double transposeError(Key key) {
        List<Array> t = direction(key.fold(0));
        List<Array> ct = cotangent(key.fold(1));
        double[] gradient = Coordinates.of(gradients(run(new Vjp().apply(graph)), ct));
        return Coordinates.relativeError(slope(t, ct), Coordinates.dot(gradient, Coordinates.of(t)));
    }

    /// How far ⟨ct, J·t⟩ moves when the point moves by a rounding, relative to the size of its terms: what no way of computing it
    /// can be expected to keep.
    double transposeDoubt(Key key) {
        List<Array> t = direction(key.fold(0));
        List<Array> ct = cotangent(key.fold(1));
        Probe moved = new Probe(graph, Coordinates.moved(point, direction(key.fold(2)), ROUNDING), moving);
        return Coordinates.relativeError(slope(t, ct), moved.slope(t, ct));
    }

    /// ⟨ct, J·t⟩.
    private double slope(List<Array> t, List<Array> ct) {
        double[] tangent = Coordinates.of(tangents(run(new Jvp().apply(graph)), t));
        return Coordinates.dot(tangent, Coordinates.of(ct));
    }

    /// The curve h ↦ f(x + h·t).
    DoubleFunction<double[]> curve(List<Array> t) {
        return curve(run(graph), t);
    }

    private DoubleFunction<double[]> curve(Executable values, List<Array> t) {
        return h -> Coordinates.of(values.run(Coordinates.moved(point, t, h)));
    }

    /// The derivative along a direction.
    double[] tangent(List<Array> t) {
        return Coordinates.of(tangents(run(new Jvp().apply(graph)), t));
    }

    /// A direction in which the moving inputs move and the others stand still.
    List<Array> direction(Key key) {
        List<Array> random = new Draw(key).directions(graph.inputTypes());
        return IntStream.range(0, point.size())
                .mapToObj(i -> moving.get(i)
                        ? random.get(i)
                        : Array.zeros(random.get(i).type()))
                .toList();
    }

    private List<Array> cotangent(Key key) {
        return new Draw(key).directions(floating(graph.outputTypes()));
    }

    private List<Array> tangents(Executable forward, List<Array> t) {
        List<Array> arguments = new ArrayList<>(point);
        t.stream().filter(a -> a.dtype().isFloating()).forEach(arguments::add);
        return behindValues(forward.run(arguments));
    }

    private List<Array> gradients(Executable reverse, List<Array> ct) {
        List<Array> arguments = new ArrayList<>(point);
        arguments.addAll(ct);
        List<Array> found = behindValues(reverse.run(arguments));
        List<Array> all = new ArrayList<>();
        for (int i = 0, next = 0; i < point.size(); i++) {
            if (point.get(i).dtype().isFloating()) {
                Array gradient = found.get(next++);
                all.add(moving.get(i) ? gradient : Array.zeros(gradient.type()));
            }
        }
        return all;
    }

    private List<Array> behindValues(List<Array> results) {
        return results.subList(graph.outputs().size(), results.size());
    }

    /// The graph of (x, t) ↦ (f(x), J·t) at this point and a random direction.
    Probe forwardProbe(Key key) {
        List<Array> t =
                direction(key).stream().filter(a -> a.dtype().isFloating()).toList();
        List<Boolean> moves = IntStream.range(0, point.size())
                .filter(i -> point.get(i).dtype().isFloating())
                .mapToObj(moving::get)
                .toList();
        return extended(new Jvp().apply(graph), t, moves);
    }

    /// The graph of (x, ct) ↦ (f(x), Jᵀ·ct) at this point and a random cotangent.
    Probe reverseProbe(Key key) {
        List<Array> ct = cotangent(key);
        return extended(new Vjp().apply(graph), ct, ct.stream().map(_ -> true).toList());
    }

    private Probe extended(Graph transformed, List<Array> more, List<Boolean> moves) {
        return new Probe(transformed, join(point, more), join(moving, moves));
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    static List<TensorType> floating(List<TensorType> types) {
        return types.stream().filter(t -> t.dtype().isFloating()).toList();
    }

    private static Executable run(Graph graph) {
        return Executable.compile(graph, Kernels.reference());
    }
}
