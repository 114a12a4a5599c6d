package dev.adjoint.explain;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.source.Input;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Place;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Why the gradient by an argument is zero, small or huge: where it died on the way from the result, and by which factor
/// every operator on the way changed it.
///
/// {@snippet :
/// Function<Tensor, Tensor> f = v -> v.sub(3).relu().sum();
/// System.err.println(WhyZero.of(f, Array.of(1.0, 2.0)).getFirst());
/// // gradient of x: f64[2], all 2 elements are 0
/// //   relu: no gradient passes where x ≤ 0; x is f64[2] in [-2, -1]
/// }
///
/// Loops, branches and checkpoints are looked into: `relu in step 3 of scan`.
///
/// @param argument the path of the argument, `hidden.weight`; `x` if the argument is a single tensor
/// @param gradient the range of the gradient
/// @param losses where gradient is lost, all of it first, then parts of it
/// @param path the operators from the argument to the result along the strongest uses
public record WhyZero(String argument, NumberRange gradient, List<Loss> losses, List<Factor> path) {
    private static final int SHOWN = 5;

    public WhyZero {
        losses = List.copyOf(losses);
        path = List.copyOf(path);
    }

    /// By how much an operator changed the gradient that passed: ‖∂f/∂operand‖ / ‖∂f/∂result‖ in the Euclidean norm.
    ///
    /// @param operator the operator by its printed name, with the rule it belongs to
    /// @param place the line of the program that asked for it, if there is one
    /// @param factor NaN where no gradient arrived
    public record Factor(String operator, Optional<Place> place, double factor) {
        /// How far the factor is from 1, in either direction.
        double steepness() {
            return factor == 0 ? Double.POSITIVE_INFINITY : Math.abs(Math.log(factor));
        }

        @Override
        public String toString() {
            String number = Double.isNaN(factor) ? "–" : "×" + NumberRange.number(factor);
            return String.format(
                    "%-10s %s%s", number, operator, place.map(p -> " at " + p).orElse(""));
        }
    }

    /// The explanations for every floating tensor of the argument, in order.
    ///
    /// @throws InvalidArgument if the result is not one floating number
    public static <A> List<WhyZero> of(Function<A, Tensor> f, A x) {
        Graph graph = Trace.of(x, f).graph();
        Value output = graph.outputs().getFirst();
        if (output.shape().count() != 1 || !output.type().dtype().isFloating()) {
            throw new InvalidArgument("WhyZero needs a function with one floating number as result, not "
                    + output.type() + "; sum or average it");
        }
        List<Tensor> leaves = Tree.leaves(x);
        Backflow flow = new Backflow(Opened.of(graph, leaves), leaves);
        return graph.inputs().stream()
                .filter(v -> v.type().dtype().isFloating())
                .map(v -> of(flow, v))
                .toList();
    }

    /// The explanation for one tensor of the argument, by its path.
    ///
    /// @throws InvalidArgument if the result is not one floating number, or no floating tensor has this path
    public static <A> WhyZero of(Function<A, Tensor> f, A x, String path) {
        List<WhyZero> all = of(f, x);
        return all.stream()
                .filter(why -> why.argument.equals(path))
                .findFirst()
                .orElseThrow(() -> new InvalidArgument("the argument has no floating tensor '" + path + "', but "
                        + all.stream().map(WhyZero::argument).toList()));
    }

    private static WhyZero of(Backflow flow, Value argument) {
        return new WhyZero(
                ((Input) argument.op()).label(),
                NumberRange.of(flow.cotangent(argument)),
                new LossSearch(flow, argument).losses(),
                path(flow, argument));
    }

    /// From the argument to the result along the uses that handed most back.
    private static List<Factor> path(Backflow flow, Value argument) {
        List<Factor> path = new ArrayList<>();
        Value at = argument;
        List<Backflow.Use> uses = flow.uses(at);
        while (!uses.isEmpty()) {
            Backflow.Use use = uses.stream()
                    .max(Comparator.comparingDouble((Backflow.Use u) -> Backflow.norm(u.cotangent()))
                            .thenComparingDouble(u -> Backflow.norm(flow.cotangent(flow.strongest(u.call())))))
                    .orElseThrow();
            Value next = flow.strongest(use.call());
            double factor = Backflow.norm(flow.cotangent(at)) / Backflow.norm(flow.cotangent(next));
            path.add(new Factor(next.origin().named(next), next.origin().place(), factor));
            at = next;
            uses = flow.uses(at);
        }
        return path;
    }

    /// Whether every element of the gradient is 0.
    public boolean isZero() {
        return gradient.zeros() == gradient.count();
    }

    /// The product of all factors, ‖∂f/∂x‖: near 0 a vanishing gradient, huge an exploding one. Factors behind the place
    /// where the gradient died do not count.
    public double product() {
        return path.stream()
                .mapToDouble(Factor::factor)
                .filter(factor -> !Double.isNaN(factor))
                .reduce(1, (a, b) -> a * b);
    }

    /// The factors furthest from 1, the furthest first.
    public List<Factor> steepest(int most) {
        return path.stream()
                .filter(step -> !Double.isNaN(step.factor))
                .sorted(Comparator.comparingDouble(Factor::steepness).reversed())
                .limit(most)
                .toList();
    }

    /// The explanation in lines: the gradient, the losses, the steepest factors.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("gradient of " + argument + ": " + summary());
        losses.stream().limit(SHOWN).forEach(loss -> text.append("\n  ").append(loss));
        if (losses.size() > SHOWN) {
            text.append("\n  and ").append(losses.size() - SHOWN).append(" more");
        }
        if (!path.isEmpty()) {
            text.append("\nfactors from the result back to ").append(argument).append(", the steepest of ");
            text.append(path.size()).append(", product ").append(NumberRange.number(product()));
            steepest(SHOWN).forEach(step -> text.append("\n  ").append(step));
        }
        return text.toString();
    }

    private String summary() {
        if (isZero()) {
            return gradient.type()
                    + (gradient.count() == 1 ? ", which is 0" : ", all " + gradient.count() + " elements are 0");
        }
        return gradient + (gradient.zeros() == 0 ? "" : ", " + gradient.zeros() + " of " + gradient.count() + " are 0");
    }
}
