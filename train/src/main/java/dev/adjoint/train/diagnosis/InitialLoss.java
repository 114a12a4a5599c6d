package dev.adjoint.train.diagnosis;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.Evaluation;
import java.util.ArrayList;
import java.util.List;

/// The loss before training against what a network that knows nothing should have: ln C for C classes under cross entropy.
///
/// {@snippet :
/// Check check = InitialLoss.ofClasses(10); // expects ln 10 ≈ 2.30
/// }
///
/// @param expected the loss of a guess, above 0
/// @param spread what random weights usually add to it, at least 0
public record InitialLoss(double expected, double spread) implements Check {
    /// Scores of variance σ² make the cross entropy of a guess σ²/2 larger; the usual initial weights have σ² up to about 1.
    private static final double SPREAD_OF_SCORES = 0.6;

    private static final double NEAR = 0.25;
    private static final double FAR = 2;

    public InitialLoss {
        if (!(expected > 0 && expected < Double.POSITIVE_INFINITY && spread >= 0)) {
            throw new InvalidArgument("the loss of a guess is a number above 0 with a spread of at least 0, not "
                    + expected + " and " + spread);
        }
    }

    /// A loss that should be met up to a quarter.
    public static InitialLoss of(double expected) {
        return new InitialLoss(expected, NEAR * expected);
    }

    /// Softmax cross entropy over some classes: ln C.
    ///
    /// @throws InvalidArgument if there are fewer than two
    public static InitialLoss ofClasses(long classes) {
        if (classes < 2) {
            throw new InvalidArgument("guessing needs at least 2 classes, not " + classes);
        }
        double expected = Math.log((double) classes);
        return new InitialLoss(expected, Math.max(SPREAD_OF_SCORES, NEAR * expected));
    }

    @Override
    public <M, B> Result run(Subject<M, B> subject) {
        Compiled<Evaluation.Argument<M, B>, Tensor> loss = Compiled.of(a -> subject.loss(a.model(), a.batch()));
        double mean = subject.batches().stream()
                .map(batch -> loss.apply(new Evaluation.Argument<>(subject.model(), batch)))
                .mapToDouble(number -> Array.of(number).item())
                .average()
                .orElseThrow();
        return new Result(mean, this);
    }

    /// What was found.
    ///
    /// @param loss the mean of the objective over all batches
    /// @param guess what was expected
    public record Result(double loss, InitialLoss guess) implements CheckResult {
        @Override
        public String check() {
            return "initial loss";
        }

        @Override
        public Verdict verdict() {
            if (!(loss <= FAR * expected() + guess.spread && loss >= expected() / FAR)) {
                return Verdict.BROKEN;
            }
            boolean isNear = loss <= expected() + guess.spread && loss >= (1 - NEAR) * expected();
            return isNear ? Verdict.FINE : Verdict.WORTH_A_LOOK;
        }

        @Override
        public String summary() {
            return "the loss before training is " + Wording.number(loss) + "; a guess has " + Wording.number(expected())
                    + (isOfClasses() ? " (ln " + Wording.number(classes(expected())) + ")" : "");
        }

        @Override
        public List<String> advice() {
            if (verdict() == Verdict.FINE) {
                return List.of();
            }
            if (!Double.isFinite(loss)) {
                return List.of("find the operator that makes it: see the origin of non-finite numbers");
            }
            return loss > expected() ? tooLarge() : tooSmall();
        }

        private double expected() {
            return guess.expected;
        }

        private static double classes(double loss) {
            return Math.rint(Math.exp(loss));
        }

        private boolean isOfClasses() {
            return Math.abs(Math.log(classes(expected())) - expected()) < 1e-9 * expected();
        }

        private List<String> tooLarge() {
            List<String> advice = new ArrayList<>();
            advice.add(
                    "draw the weights of the last layer smaller and start its bias at 0: results that differ much are"
                            + " confident guesses, most of them wrong");
            if (isOfClasses()) {
                advice.add("count the outputs: a loss of " + Wording.number(loss) + " is a guess among "
                        + Wording.number(classes(loss)) + " classes");
            }
            advice.add("scale the features to about −1 … 1");
            return advice;
        }

        private static List<String> tooSmall() {
            return List.of(
                    "look for the label among the features: the network knows more than it can",
                    "look whether the loss is averaged over more than the examples, such as padding or masked places",
                    "count the classes that really occur in the batch");
        }

        @Override
        public List<Figures> figures() {
            return List.of(new Figures(
                    "loss",
                    List.of("loss", "expected"),
                    List.of(List.of(new Figure.Real(loss), new Figure.Real(expected())))));
        }
    }
}
