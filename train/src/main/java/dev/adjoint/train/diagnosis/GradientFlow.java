package dev.adjoint.train.diagnosis;

import dev.adjoint.explain.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Whether gradient reaches the first layers as it leaves the last: ‖∂J/∂y‖ of every layer's output y, beside that of the
/// last layer. Also whether it reaches every weight, and if not, where it was lost.
public record GradientFlow() implements Check {
    /// Through this factor, up or down, optimisers with a rate for every weight still get along.
    private static final double STRONG = 1e3;

    private static final double HOPELESS = 1e6;

    private static final Set<Loss.Cause> MAY_BE_MEANT =
            Set.of(Loss.Cause.NO_DERIVATIVE, Loss.Cause.NO_PATH, Loss.Cause.CANCELLATION);

    @Override
    public <M, B> Result run(Subject<M, B> subject) {
        return of(Signals.of(subject).observe());
    }

    /// The result for signals that were observed already.
    public static Result of(Signals.Observed observed) {
        double last =
                observed.layers().isEmpty() ? 0 : observed.layers().getLast().gradient();
        List<Row> rows = observed.layers().stream()
                .map(layer -> new Row(layer, layer.gradient() == 0 ? 0 : layer.gradient() / last))
                .toList();
        return new Result(
                rows, observed.weights().stream().filter(w -> w.gradient() == 0).toList());
    }

    /// A layer and its gradient relative to that of the last layer.
    public record Row(Signals.Layer layer, double ratio) {
        Verdict verdict() {
            if (!(ratio >= 1 / HOPELESS && ratio <= HOPELESS)) {
                return Verdict.BROKEN;
            }
            return ratio >= 1 / STRONG && ratio <= STRONG ? Verdict.FINE : Verdict.WORTH_A_LOOK;
        }

        String state() {
            if (!Double.isFinite(ratio)) {
                return "not finite";
            }
            if (verdict() == Verdict.FINE) {
                return "fine";
            }
            return ratio == 0 ? "none" : ratio < 1 ? "vanishing" : "exploding";
        }

        String name() {
            return layer.name();
        }
    }

    /// A gradient that is stopped, or cancels in a batch that happens to be balanced, may be meant so.
    private static Verdict verdict(Signals.Weight withoutGradient) {
        boolean meant = withoutGradient
                .lost()
                .filter(loss -> MAY_BE_MEANT.contains(loss.cause()))
                .isPresent();
        return meant ? Verdict.WORTH_A_LOOK : Verdict.BROKEN;
    }

    /// What was found.
    ///
    /// @param layers every layer, in the order in which they are passed
    /// @param unreached the weights whose gradient is 0
    public record Result(List<Row> layers, List<Signals.Weight> unreached) implements CheckResult {
        public Result {
            layers = List.copyOf(layers);
            unreached = List.copyOf(unreached);
        }

        @Override
        public String check() {
            return "gradients by layer";
        }

        @Override
        public Verdict verdict() {
            Verdict flow = Verdict.worst(layers.stream().map(Row::verdict));
            Verdict reached = Verdict.worst(unreached.stream().map(GradientFlow::verdict));
            // A layer without gradient is no worse than the reason why its weights have none.
            boolean explained =
                    layers.stream().filter(row -> row.verdict() != Verdict.FINE).allMatch(r -> r.ratio == 0);
            return explained && !unreached.isEmpty() ? reached : flow.compareTo(reached) > 0 ? flow : reached;
        }

        @Override
        public String summary() {
            List<String> sentences = new ArrayList<>();
            for (String state : List.of("vanishing", "exploding", "not finite")) {
                List<Row> bad =
                        layers.stream().filter(row -> row.state().equals(state)).toList();
                if (!bad.isEmpty()) {
                    sentences.add("the gradient is " + state + ": at "
                            + bad.getFirst().name() + " it is " + Wording.number(bad.getFirst().ratio)
                            + " times that at the last layer");
                }
            }
            if (!unreached.isEmpty()) {
                sentences.add("no gradient reaches "
                        + Wording.names(
                                unreached.stream().map(Signals.Weight::path).toList())
                        + unreached.getFirst().lost().map(loss -> "; " + loss).orElse(""));
            }
            return sentences.isEmpty()
                    ? "every layer gets a gradient of about the size of the last layer's"
                    : String.join("; ", sentences);
        }

        @Override
        public List<String> advice() {
            List<String> advice = new ArrayList<>();
            List<String> states = layers.stream().map(Row::state).toList();
            if (states.contains("vanishing")) {
                advice.add("ReLU or one of its relatives instead of sigmoid or tanh, with weights by He's rule");
                advice.add("a normalisation behind every layer, or connections that skip layers");
            }
            if (states.contains("exploding") || states.contains("not finite")) {
                advice.add("draw the weights smaller, by He's or Glorot's rule (Init)");
                advice.add("clip gradients by their norm (ClipByGlobalNorm), or a normalisation behind every layer");
            }
            if (verdict() != Verdict.FINE && !unreached.isEmpty()) {
                advice.addAll(advice(unreached.getFirst()));
            }
            return advice;
        }

        private static List<String> advice(Signals.Weight weight) {
            if (GradientFlow.verdict(weight) == Verdict.WORTH_A_LOOK) {
                return List.of("if the weight is not frozen on purpose: look where the model should use it, and for"
                        + " stopGradient, comparisons and indices on the way");
            }
            return List.of(
                    "draw weights at random: weights that are all 0 give units that are all alike, and pass no gradient",
                    "look for ramps that are never on and curves that are saturated (the activations above or below)",
                    "`WhyZero` shows the whole way of the gradient");
        }

        @Override
        public List<Figures> figures() {
            return List.of(new Figures(
                    "layers",
                    List.of("layer", "output", "gradient", "ratio", "state"),
                    layers.stream().map(Result::row).toList()));
        }

        private static List<Figure> row(Row row) {
            return List.of(
                    new Figure.Word(row.name()),
                    new Figure.Real(row.layer.size()),
                    new Figure.Real(row.layer.gradient()),
                    new Figure.Real(row.ratio),
                    new Figure.Word(row.state()));
        }
    }
}
