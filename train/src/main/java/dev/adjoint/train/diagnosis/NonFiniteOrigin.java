package dev.adjoint.train.diagnosis;

import dev.adjoint.explain.Checked;
import dev.adjoint.explain.NonFinite;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.train.TrainStep;
import java.util.List;
import java.util.Optional;

/// Where NaN and infinity come from. The first step is looked at operator by operator, forward, backward and in the optimiser;
/// then steps are run until a number is no longer finite, and that step is looked at.
///
/// @param steps how many steps are run
public record NonFiniteOrigin(int steps) implements Check {
    public NonFiniteOrigin {
        if (steps < 1) {
            throw new InvalidArgument("the search needs at least one step, not " + steps);
        }
    }

    /// Thirty steps.
    public static NonFiniteOrigin standard() {
        return new NonFiniteOrigin(30);
    }

    @Override
    public <M, B> Result run(Subject<M, B> subject) {
        Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> compiled = Compiled.of(subject.step());
        var argument = new TrainStep.Argument<>(subject.start(), subject.batch());
        Optional<NonFinite> first = of(subject.step(), argument);
        if (first.isPresent()) {
            return new Result(1, first, Outcome.NOT_FINITE);
        }
        for (int t = 1; t <= steps; t++) {
            TrainStep.Result<M> result = compiled.apply(argument);
            if (!Norms.areFinite(result)) {
                return new Result(t, of(subject.step(), argument), Outcome.NOT_FINITE);
            }
            argument = new TrainStep.Argument<>(result.state(), subject.batch(t));
        }
        return new Result(steps, Optional.empty(), Outcome.FINITE);
    }

    /// The first operator of one step that makes a NaN or an infinity, if one does; for a training that has
    /// [diverged][dev.adjoint.train.Diverged].
    public static <M, B> Optional<NonFinite> of(TrainStep<M, B> step, TrainStep.Argument<M, B> argument) {
        try {
            Checked.everyOperator(step).apply(argument);
            return Optional.empty();
        } catch (NonFinite found) {
            return Optional.of(found);
        }
    }

    /// How the steps ended.
    public enum Outcome {
        FINITE,
        NOT_FINITE
    }

    /// What was found.
    ///
    /// @param step the step that made it, from 1, or the last one
    /// @param cause the operator that made it, if one was found
    /// @param outcome how the steps ended
    public record Result(long step, Optional<NonFinite> cause, Outcome outcome) implements CheckResult {
        @Override
        public String check() {
            return "finite numbers";
        }

        @Override
        public Verdict verdict() {
            return outcome == Outcome.FINITE ? Verdict.FINE : Verdict.BROKEN;
        }

        @Override
        public String summary() {
            if (outcome == Outcome.FINITE) {
                return "no NaN and no infinity in " + step + " steps";
            }
            return "in step " + step + ", "
                    + cause.map(Throwable::getMessage)
                            .orElse("a number is not finite, though every operator by itself is");
        }

        @Override
        public List<String> advice() {
            if (verdict() == Verdict.FINE) {
                return List.of();
            }
            return step == 1
                    ? List.of(
                            "keep the operand of this operator in its domain: logSoftmax and crossEntropy for log(softmax),"
                                    + " a small number added under roots and in denominators",
                            "look for NaN in the features")
                    : List.of(
                            "lower the learning rate: the first steps were finite (`RateFinder` finds one)",
                            "clip gradients by their norm (ClipByGlobalNorm)");
        }

        @Override
        public List<Figures> figures() {
            return List.of();
        }
    }
}
