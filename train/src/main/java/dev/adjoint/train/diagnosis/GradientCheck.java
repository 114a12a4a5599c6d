package dev.adjoint.train.diagnosis;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.Transformations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/// The gradient of the objective against finite differences, weight by weight along a random direction d of length 1:
/// ⟨∂J/∂w, d⟩ against (J(w + h·d) − J(w − h·d))/2h, extrapolated to h = 0, in float64 and on a few examples.
///
/// The weights are first moved a little, since where a ramp is at exactly 0 there is no gradient to compare with; where the
/// two disagree, other directions are tried.
///
/// @param examples how many examples of the first batch
public record GradientCheck(int examples) implements Check {
    private static final double GOOD = 1e-6;
    private static final double POOR = 1e-3;
    private static final double MOVED = 0.1;
    private static final double LEAST_MOVED = 0.01;

    /// Another direction meets another kink, or none; a wrong gradient is wrong along all of them.
    private static final int DIRECTIONS = 3;

    /// Two estimates that agree to this share are as good as differences get.
    private static final double CLOSE = 1e-9;

    /// Below this size, times that of the loss, rounding decides.
    private static final double NOISE = 1e-5;

    public GradientCheck {
        if (examples < 1) {
            throw new InvalidArgument("a gradient check needs at least one example, not " + examples);
        }
    }

    /// On two examples.
    public static GradientCheck standard() {
        return new GradientCheck(2);
    }

    @Override
    public <M, B> Result run(Subject<M, B> subject) {
        try {
            return new Result(new Differences<>(subject, examples).rows(), Optional.empty());
        } catch (AdjointException e) {
            return new Result(List.of(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /// The comparison in float64.
    private static final class Differences<M, B> {
        private final M model;
        private final Key key;
        private final Set<String> learned;
        private final Function<M, Tensor> loss;
        private final Function<M, M> gradient;

        Differences(Subject<M, B> subject, int examples) {
            key = subject.key();
            B few = Tree.map(Examples.first(subject.batch(), examples), Differences::wide);
            M wide = Tree.map(subject.model(), Differences::wide);
            learned = Tree.learned(wide).keySet();
            model = Tree.mapPaths(wide, (path, leaf) -> isWeight(path, leaf) ? moved(leaf, key(path)) : leaf);
            loss = Compiled.of((M m) -> subject.loss(m, few));
            gradient = Compiled.of(Transformations.grad((M m) -> subject.loss(m, few)));
        }

        private boolean isWeight(String path, Tensor leaf) {
            return learned.contains(path) && leaf.dtype().isFloating();
        }

        private Key key(String path) {
            return key.fold(path.hashCode());
        }

        private static Tensor wide(Tensor leaf) {
            return leaf.dtype().isFloating() ? leaf.to(DType.F64) : leaf;
        }

        private static Tensor moved(Tensor leaf, Key key) {
            double size = Math.max(LEAST_MOVED, MOVED * Norms.rootMeanSquare(leaf));
            return leaf.add(normal(leaf, key).mul(size));
        }

        private static Tensor normal(Tensor like, Key key) {
            Elements elements = Elements.allocate(DType.F64, like.shape().count());
            for (int i = 0; i < elements.count(); i++) {
                elements.set(i, key.normal(i));
            }
            return Array.of(like.type(), elements);
        }

        List<Row> rows() {
            double noise =
                    NOISE * Math.max(1, Math.abs(Array.of(loss.apply(model)).item()));
            Map<String, Tensor> gradients = Tree.paths(gradient.apply(model));
            List<Row> rows = new ArrayList<>();
            gradients.forEach((path, slope) -> {
                if (isWeight(path, slope) && slope.shape().count() > 0) {
                    rows.add(row(path, slope, noise));
                }
            });
            return rows;
        }

        private Row row(String path, Tensor slope, double noise) {
            Row best = new Row(path, Double.NaN, Double.NaN, noise);
            for (int i = 0; i < DIRECTIONS && !(best.error() <= GOOD); i++) {
                Tensor drawn = normal(slope, key(path).fold(i));
                Tensor direction = drawn.div(Math.max(Norms.norm(drawn), Double.MIN_NORMAL));
                Slope numeric = slope(h -> along(path, direction, h), noise);
                Row row = new Row(path, Norms.dot(slope, direction), numeric.value, noise + numeric.doubt / GOOD);
                best = best.error() <= row.error() ? best : row;
            }
            return best;
        }

        private double along(String path, Tensor direction, double h) {
            M there = Tree.mapPaths(model, (p, leaf) -> p.equals(path) ? leaf.add(direction.mul(h)) : leaf);
            return Array.of(loss.apply(there)).item();
        }

        /// A slope by differences, and how far its two best estimates lie apart.
        private record Slope(double value, double doubt) {}

        /// Central differences with smaller and smaller steps, each two extrapolated; the pair that agrees best. A curve that
        /// turns within a ten-thousandth, as the normalisation of a batch of two does, needs small ones.
        private static Slope slope(DoubleUnaryOperator curve, double noise) {
            double coarse = Double.NaN;
            double before = Double.NaN;
            double best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int power = 10; power <= 24 && least > CLOSE * Math.max(noise, Math.abs(best)); power += 2) {
                double h = Math.scalb(1.0, -power);
                double fine = (curve.applyAsDouble(h) - curve.applyAsDouble(-h)) / (2 * h);
                double extrapolated = fine + (fine - coarse) / 15;
                double doubt = Math.abs(extrapolated - before);
                if (doubt < least) {
                    least = doubt;
                    best = extrapolated;
                }
                coarse = fine;
                before = extrapolated;
            }
            return Double.isFinite(least) ? new Slope(best, least) : new Slope(Double.NaN, 0);
        }
    }

    /// One weight.
    ///
    /// @param path its path in the model
    /// @param gradient the slope along the direction by the gradient
    /// @param difference the slope by differences
    /// @param noise slopes below are measured against this
    public record Row(String path, double gradient, double difference, double noise) {
        /// |gradient − difference| / max(|gradient|, |difference|, noise)
        public double error() {
            double scale = Math.max(noise, Math.max(Math.abs(gradient), Math.abs(difference)));
            return Math.abs(gradient - difference) / scale;
        }

        Verdict verdict() {
            double error = error();
            return error <= GOOD ? Verdict.FINE : error <= POOR ? Verdict.WORTH_A_LOOK : Verdict.BROKEN;
        }
    }

    /// What was found.
    ///
    /// @param weights every weight
    /// @param obstacle why the objective cannot be computed in float64, if it cannot
    public record Result(List<Row> weights, Optional<String> obstacle) implements CheckResult {
        public Result {
            weights = List.copyOf(weights);
        }

        @Override
        public String check() {
            return "gradients against differences";
        }

        @Override
        public Verdict verdict() {
            return obstacle.isPresent()
                    ? Verdict.WORTH_A_LOOK
                    : Verdict.worst(weights.stream().map(Row::verdict));
        }

        @Override
        public String summary() {
            if (obstacle.isPresent()) {
                return "not compared: the objective fails in float64 or on few examples: " + obstacle.get();
            }
            List<String> bad = weights.stream()
                    .filter(row -> row.verdict() != Verdict.FINE)
                    .map(row -> row.path + " (" + Wording.number(row.gradient) + ", not "
                            + Wording.number(row.difference) + ")")
                    .toList();
            double worst = weights.stream().mapToDouble(Row::error).max().orElse(0);
            return bad.isEmpty()
                    ? "gradients agree with finite differences; the largest relative error is " + Wording.number(worst)
                    : "the gradient disagrees with finite differences at " + Wording.names(bad);
        }

        @Override
        public List<String> advice() {
            if (verdict() == Verdict.FINE) {
                return List.of();
            }
            return obstacle.isPresent()
                    ? List.of("give the objective everything it computes with as part of model or batch, so that it can"
                            + " be converted")
                    : List.of(
                            "look at the rules of your own (withVjp, withJvp) and stopGradient on the way to these weights",
                            "an objective whose slope is not its gradient on purpose, such as a straight-through"
                                    + " estimate, always disagrees");
        }

        @Override
        public List<Figures> figures() {
            return List.of(new Figures(
                    "weights",
                    List.of("weight", "gradient", "difference", "error", "state"),
                    weights.stream().map(Result::row).toList()));
        }

        private static List<Figure> row(Row row) {
            return List.of(
                    new Figure.Word(row.path),
                    new Figure.Real(row.gradient),
                    new Figure.Real(row.difference),
                    new Figure.Real(row.error()),
                    new Figure.Word(row.verdict() == Verdict.FINE ? "fine" : "wrong"));
        }
    }
}
