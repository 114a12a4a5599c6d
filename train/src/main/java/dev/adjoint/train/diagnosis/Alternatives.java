package dev.adjoint.train.diagnosis;

import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.Evaluation;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether other initial weights or other activations would learn faster: the model as it is and its [Variants] are trained
/// for a few steps each, in the same way. The loss is the mean over the batches of the model in use, without dropout.
///
/// @param steps how many steps each
public record Alternatives(int steps) implements Check {
    private static final double AS_GOOD = 0.5;
    private static final double NOTHING = 0.05;

    public Alternatives {
        if (steps < 1) {
            throw new InvalidArgument("a comparison needs at least one step, not " + steps);
        }
    }

    /// Thirty steps each.
    public static Alternatives standard() {
        return new Alternatives(30);
    }

    @Override
    public <M, B> Result run(Subject<M, B> subject) {
        Map<String, M> variants = new LinkedHashMap<>(Variants.initialisers(subject.model(), subject.key()));
        if (subject.model() instanceof Sequential network) {
            @SuppressWarnings("unchecked") // a network is what the model is
            Map<String, M> others = (Map<String, M>) (Map<?, ?>) Variants.activations(network);
            variants.putAll(others);
        }
        return run(subject, variants);
    }

    /// Compares the subject's own model with others, by name.
    public <M, B> Result run(Subject<M, B> subject, Map<String, ? extends M> variants) {
        Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> step = Compiled.of(subject.step());
        Compiled<Evaluation.Argument<M, B>, Tensor> loss = Compiled.of(a -> subject.evaluated(a.model(), a.batch()));
        List<Row> rows = new ArrayList<>();
        rows.add(row("as it is", subject, step, loss));
        variants.forEach((name, model) -> rows.add(row(name, subject.with(model), step, loss)));
        return new Result(steps, rows);
    }

    private <M, B> Row row(
            String name,
            Subject<M, B> subject,
            Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> step,
            Compiled<Evaluation.Argument<M, B>, Tensor> loss) {
        TrainState<M> state = subject.start();
        double first = mean(subject, state.model(), loss);
        for (int t = 0; t < steps; t++) {
            state = step.apply(new TrainStep.Argument<>(state, subject.batch(t)))
                    .state();
        }
        return new Row(name, first, mean(subject, state.model(), loss));
    }

    private static <M, B> double mean(
            Subject<M, B> subject, M model, Compiled<Evaluation.Argument<M, B>, Tensor> loss) {
        return subject.batches().stream()
                .mapToDouble(batch -> Array.of(loss.apply(new Evaluation.Argument<>(model, batch)))
                        .item())
                .average()
                .orElse(Double.NaN);
    }

    /// A model that was trained for some steps.
    ///
    /// @param name what is other in it
    /// @param first the loss before
    /// @param last the loss afterwards
    public record Row(String name, double first, double last) {
        private double finiteLast() {
            return Double.isFinite(last) ? last : Double.POSITIVE_INFINITY;
        }
    }

    /// What was found.
    ///
    /// @param steps how many steps each was trained
    /// @param rows the model as it is, then the others
    public record Result(int steps, List<Row> rows) implements CheckResult {
        public Result {
            rows = List.copyOf(rows);
        }

        /// The model as it is.
        private Row own() {
            return rows.getFirst();
        }

        private Row best() {
            return rows.stream()
                    .min(Comparator.comparingDouble(Row::finiteLast))
                    .orElseThrow();
        }

        /// How far the model came on the way from its own first loss to the best last loss, which is 1.
        private double progress() {
            return (own().first - own().finiteLast()) / (own().first - best().finiteLast());
        }

        private boolean canBeBetter() {
            return best().finiteLast() < Math.min(own().first, own().finiteLast());
        }

        @Override
        public String check() {
            return "initialisers and activations";
        }

        @Override
        public Verdict verdict() {
            if (!canBeBetter() || progress() >= AS_GOOD) {
                return own().finiteLast() < own().first ? Verdict.FINE : Verdict.WORTH_A_LOOK;
            }
            return progress() >= NOTHING ? Verdict.WORTH_A_LOOK : Verdict.BROKEN;
        }

        @Override
        public String summary() {
            String own = "after " + steps + " steps the loss is " + Wording.number(own().last);
            return best().equals(own())
                    ? own + ", and no alternative is better"
                    : own + "; with " + best().name + " it is " + Wording.number(best().last);
        }

        @Override
        public List<String> advice() {
            if (verdict() == Verdict.FINE) {
                return List.of();
            }
            return canBeBetter()
                    ? List.of(best().name + ": it learns where the model as it is "
                            + (verdict() == Verdict.BROKEN ? "does not" : "learns slowly"))
                    : List.of("another learning rate: no alternative learns either");
        }

        @Override
        public List<Figures> figures() {
            return List.of(new Figures(
                    "alternatives",
                    List.of("model", "loss before", "loss after"),
                    rows.stream()
                            .map(row -> List.<Figure>of(
                                    new Figure.Word(row.name), new Figure.Real(row.first), new Figure.Real(row.last)))
                            .toList()));
        }
    }
}
