package dev.adjoint.train.diagnosis;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.Evaluation;
import java.util.List;

/// The loss before training against what a network that knows nothing should have: ln C for C classes under cross entropy.
///
/// {@snippet :
/// Check check = InitialLoss.ofClasses(10); // expects ln 10 ≈ 2.30
/// }
///
/// @param expected the loss of a guess, above 0
public record InitialLoss(double expected) implements Check {
    /// A quarter more or less: scores drawn at random make the loss of a guess a little larger.
    private static final double NEAR = 0.25;

    private static final double FAR = 2;

    public InitialLoss {
        if (!(expected > 0 && expected < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgument("the loss of a guess is a number above 0, not " + expected);
        }
    }

    /// Softmax cross entropy over some classes: ln C.
    ///
    /// @throws InvalidArgument if there are fewer than two
    public static InitialLoss ofClasses(long classes) {
        if (classes < 2) {
            throw new InvalidArgument("guessing needs at least 2 classes, not " + classes);
        }
        return new InitialLoss(Math.log((double) classes));
    }

    @Override
    public <M, B> Result run(Subject<M, B> subject) {
        Compiled<Evaluation.Argument<M, B>, Tensor> loss = Compiled.of(a -> subject.loss(a.model(), a.batch()));
        Tensor first = loss.apply(new Evaluation.Argument<>(subject.model(), subject.batch()));
        return new Result(Array.of(first).item(), expected);
    }

    /// What was found.
    ///
    /// @param loss the objective of the first batch
    /// @param expected the loss of a guess
    public record Result(double loss, double expected) implements CheckResult {
        @Override
        public String check() {
            return "initial loss";
        }

        @Override
        public Verdict verdict() {
            if (!(loss <= FAR * expected && loss >= expected / FAR)) {
                return Verdict.BROKEN;
            }
            return Math.abs(loss - expected) <= NEAR * expected ? Verdict.FINE : Verdict.WORTH_A_LOOK;
        }

        @Override
        public String summary() {
            return "the loss before training is " + Wording.number(loss) + "; a guess has " + Wording.number(expected)
                    + ", as among " + Wording.number(Math.exp(expected)) + " classes";
        }

        @Override
        public List<String> advice() {
            if (verdict() == Verdict.FINE) {
                return List.of();
            }
            if (!Double.isFinite(loss)) {
                return List.of("find the operator that makes it: see the origin of non-finite numbers");
            }
            return loss > expected ? tooLarge() : tooSmall();
        }

        private List<String> tooLarge() {
            return List.of(
                    "draw the weights of the last layer smaller and start its bias at 0: scores that differ much are"
                            + " confident guesses, most of them wrong",
                    "count the outputs: a loss of " + Wording.number(loss) + " is a guess among "
                            + Wording.number(Math.rint(Math.exp(loss))) + " classes",
                    "scale the features to about −1 … 1");
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
                    List.of(List.of(new Figure.Real(loss), new Figure.Real(expected)))));
        }
    }
}
