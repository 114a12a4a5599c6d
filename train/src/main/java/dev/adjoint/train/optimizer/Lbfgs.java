package dev.adjoint.train.optimizer;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Transformations;
import dev.adjoint.transform.Transformations.ValueAndGradient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// L-BFGS: w ← w − α·H·g, where H is the inverse Hessian that the last changes s = Δw and y = Δg speak for, and α meets
/// the strong Wolfe conditions f(w+αd) ≤ f(w) + c₁·α·gᵀd and |g(w+αd)ᵀd| ≤ c₂·|gᵀd| with c₁ = 10⁻⁴, c₂ = 0.9.
///
/// This is no [Optimizer]: a step needs the objective at several places, not one gradient, so it takes the objective
/// itself, on all the data at once. It runs in f64 whatever the type of the weights.
///
/// {@snippet :
/// Function<Tensor, Tensor> bowl = w -> w.sub(3).square().sum();
/// Lbfgs.Result<Tensor> result = Lbfgs.standard().minimize(bowl, Array.of(0.0, 1.0));
/// double least = result.value();                     // 0, at w = (3, 3)
/// }
///
/// Sources: Liu, Nocedal, "On the limited memory BFGS method for large scale optimization", 1989; Nocedal, Wright,
/// "Numerical optimization", 2006, algorithms 7.4, 3.5 and 3.6. First step, tolerances, cubic interpolation and safeguards
/// are those of PyTorch's `torch.optim.LBFGS(line_search_fn='strong_wolfe')`.
///
/// @param memory how many pairs of changes H is made of, at least 1
/// @param iterations the most steps, at least 1
/// @param gradientTolerance ends when no partial derivative is larger
/// @param changeTolerance ends when no weight, or the objective, changes by more
public record Lbfgs(int memory, int iterations, double gradientTolerance, double changeTolerance) {
    /// Why it ended.
    public enum Ending {
        /// The gradient is as good as 0.
        FLAT,
        /// Nothing changes any more.
        STUCK,
        /// All iterations are used up.
        ITERATIONS
    }

    /// One step.
    ///
    /// @param value the objective after it
    /// @param slope gᵀd before it
    /// @param rate α
    public record Step(double value, double slope, double rate) {}

    /// What came of it.
    ///
    /// @param model the weights
    /// @param value the objective there
    /// @param steps the steps that led there
    /// @param ending why there are no more
    public record Result<M>(M model, double value, List<Step> steps, Ending ending) {}

    public Lbfgs {
        Range.count("l-bfgs", "the memory", memory);
        Range.count("l-bfgs", "the number of iterations", iterations);
        Range.notNegative("l-bfgs", "the tolerance of the gradient", gradientTolerance);
        Range.notNegative("l-bfgs", "the tolerance of changes", changeTolerance);
    }

    /// 100 pairs, 100 iterations, tolerances 10⁻⁷ and 10⁻⁹.
    public static Lbfgs standard() {
        return new Lbfgs(100, 100, 1e-7, 1e-9);
    }

    /// Makes an objective small.
    ///
    /// @param objective one floating number for a model; pure
    /// @param start where to begin; its floating tensors are changed
    /// @throws InvalidArgument if the objective is not a finite number there
    public <M> Result<M> minimize(Function<M, Tensor> objective, M start) {
        Function<Vector, Place> at = places(objective, start);
        Place place = at.apply(Vector.of(start));
        if (!Double.isFinite(place.value)) {
            throw new InvalidArgument("l-bfgs: the objective is " + place.value + " where it begins");
        }
        List<Step> steps = new ArrayList<>();
        Curvature curvature = new Curvature(memory);
        Ending ending = flat(place) ? Ending.FLAT : Ending.ITERATIONS;
        while (ending == Ending.ITERATIONS && steps.size() < iterations) {
            Vector direction = curvature.times(place.gradient);
            double slope = place.gradient.dot(direction);
            if (slope > -changeTolerance) {
                ending = Ending.STUCK;
            } else {
                double first = steps.isEmpty() ? Math.min(1, 1 / place.gradient.size()) : 1;
                LineSearch.Probe probe = new LineSearch(at, place, direction, changeTolerance).from(first);
                steps.add(new Step(probe.place().value, slope, probe.rate()));
                curvature.learn(place, probe.place());
                ending = ending(place, probe.place());
                place = probe.place();
            }
        }
        return new Result<>(place.weights.into(start), place.value, List.copyOf(steps), ending);
    }

    private static <M> Function<Vector, Place> places(Function<M, Tensor> objective, M form) {
        Compiled<M, ValueAndGradient<M>> compiled = Compiled.of(Transformations.valueAndGrad(objective));
        return weights -> {
            ValueAndGradient<M> both = compiled.apply(weights.into(form));
            return new Place(weights, Array.of(both.value()).item(), Vector.of(both.gradient()));
        };
    }

    private boolean flat(Place place) {
        return place.gradient.largest() <= gradientTolerance;
    }

    private Ending ending(Place before, Place after) {
        if (flat(after)) {
            return Ending.FLAT;
        }
        boolean still = after.weights.minus(before.weights).largest() <= changeTolerance
                || Math.abs(after.value - before.value) < changeTolerance;
        return still ? Ending.STUCK : Ending.ITERATIONS;
    }

    /// Weights with the objective and its gradient there.
    record Place(Vector weights, double value, Vector gradient) {}
}
