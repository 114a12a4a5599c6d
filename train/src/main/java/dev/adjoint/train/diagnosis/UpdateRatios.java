package dev.adjoint.train.diagnosis;

import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// By how much a step changes the weights of a layer, relative to their size: ‖Δw‖/‖w‖. About 1/1000 is usual; far above,
/// training forgets what it learned, far below, it stands still.
///
/// Of every layer the step that changes it most is shown: a rate that is far too large does its harm in the first.
///
/// @param steps how many steps are looked at
public record UpdateRatios(int steps) implements Check {
    private static final double LARGE = 0.2;
    private static final double HUGE = 0.5;
    private static final double SMALL = 1e-6;

    public UpdateRatios {
        if (steps < 1) {
            throw new InvalidArgument("update ratios need at least one step, not " + steps);
        }
    }

    /// The first ten steps.
    public static UpdateRatios standard() {
        return new UpdateRatios(10);
    }

    @Override
    public <M, B> Result run(Subject<M, B> subject) {
        Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> step = Compiled.of(subject.step());
        TrainState<M> state = subject.start();
        Map<String, Row> largest = new LinkedHashMap<>();
        for (int t = 0; t < steps && Norms.areFinite(state.model()); t++) {
            TrainState<M> after = step.apply(new TrainStep.Argument<>(state, subject.batch(t)))
                    .state();
            of(t + 1L, state.model(), after.model()).layers.forEach(row -> largest.merge(row.layer, row, Row::larger));
            state = after;
        }
        return new Result(1, state.steps(), List.copyOf(largest.values()));
    }

    /// The ratios between the weights before and after a step.
    ///
    /// @param step the number of the step
    public static <M> Result of(long step, M before, M after) {
        Map<String, Tensor> changed = Tree.learned(after);
        Map<String, double[]> squares = new LinkedHashMap<>();
        Tree.learned(before).forEach((path, weight) -> {
            if (weight.dtype().isFloating()) {
                double[] sums = squares.computeIfAbsent(LayerGraph.layerOf(path), _ -> new double[2]);
                sums[0] +=
                        Norms.squares(Objects.requireNonNull(changed.get(path)).sub(weight));
                sums[1] += Norms.squares(weight);
            }
        });
        List<Row> rows = new ArrayList<>();
        squares.forEach((layer, sums) -> rows.add(new Row(layer, Math.sqrt(sums[1]), Math.sqrt(sums[0]))));
        return new Result(step, step, rows);
    }

    /// A layer.
    ///
    /// @param layer the common part of the paths of its weights
    /// @param size ‖w‖ before the step
    /// @param change ‖Δw‖
    public record Row(String layer, double size, double change) {
        /// ‖Δw‖/‖w‖; 0 if nothing changed.
        public double ratio() {
            return change == 0 ? 0 : change / size;
        }

        /// NaN is larger than anything. Weights that are all 0 are not compared while there are others.
        private Row larger(Row other) {
            double mine = size == 0 ? 0 : ratio();
            return Double.compare(other.ratio(), mine) > 0 ? other : this;
        }

        Verdict verdict() {
            double ratio = ratio();
            // Weights that are all 0 are found elsewhere; any step is infinitely large for them.
            if (Double.isNaN(ratio) || (ratio > HUGE && size > 0)) {
                return Verdict.BROKEN;
            }
            return ratio > LARGE || ratio < SMALL ? Verdict.WORTH_A_LOOK : Verdict.FINE;
        }

        String state() {
            if (verdict() == Verdict.FINE) {
                return "fine";
            }
            double ratio = ratio();
            return Double.isNaN(ratio) ? "not finite" : ratio > LARGE ? "too large" : ratio == 0 ? "none" : "too small";
        }
    }

    /// What was found.
    ///
    /// @param first the number of the first step looked at
    /// @param last the number of the last
    /// @param layers every layer, in order of the model
    public record Result(long first, long last, List<Row> layers) implements CheckResult {
        public Result {
            layers = List.copyOf(layers);
        }

        @Override
        public String check() {
            return "updates by layer";
        }

        @Override
        public Verdict verdict() {
            return Verdict.worst(layers.stream().map(Row::verdict));
        }

        @Override
        public String summary() {
            List<String> bad = layers.stream()
                    .filter(row -> row.verdict() != Verdict.FINE)
                    .map(row -> row.layer + " by " + Wording.number(row.ratio()) + " of its size, " + row.state())
                    .toList();
            String step = first == last ? "step " + last + " changes " : "a step changes ";
            return bad.isEmpty() ? step + "every layer by " + range() + " of its size" : step + Wording.names(bad);
        }

        private String range() {
            double low = layers.stream().mapToDouble(Row::ratio).min().orElse(0);
            double high = layers.stream().mapToDouble(Row::ratio).max().orElse(0);
            return low == high ? Wording.number(low) : Wording.number(low) + " to " + Wording.number(high);
        }

        @Override
        public List<String> advice() {
            List<String> states = layers.stream().map(Row::state).toList();
            List<String> advice = new ArrayList<>();
            if (states.contains("too large") || states.contains("not finite")) {
                advice.add("lower the learning rate, by ten for a start (`RateFinder` finds one)");
                advice.add("warm up: a schedule that begins with small rates");
            }
            if (states.contains("too small")) {
                advice.add("raise the learning rate, unless the schedule is still warming up");
            }
            if (states.contains("none")) {
                advice.add("if the layer is not frozen on purpose: look at its gradient");
            }
            return advice;
        }

        @Override
        public List<Figures> figures() {
            return List.of(new Figures(
                    "layers",
                    List.of("layer", "weights", "change", "ratio", "state"),
                    layers.stream().map(Result::row).toList()));
        }

        private static List<Figure> row(Row row) {
            return List.of(
                    new Figure.Word(row.layer),
                    new Figure.Real(row.size),
                    new Figure.Real(row.change),
                    new Figure.Real(row.ratio()),
                    new Figure.Word(row.state()));
        }
    }
}
