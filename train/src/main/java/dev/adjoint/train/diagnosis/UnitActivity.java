package dev.adjoint.train.diagnosis;

import java.util.ArrayList;
import java.util.List;

/// Whether units do anything: ramps that are never on are dead, sigmoids and tanhs at their ends are saturated. Neither lets
/// gradient through.
public record UnitActivity() implements Check {
    private static final double MANY = 0.4;
    private static final double MOST = 0.75;

    @Override
    public <M, B> Result run(Subject<M, B> subject) {
        return of(Signals.of(subject).observe());
    }

    /// The result for signals that were observed already.
    public static Result of(Signals.Observed observed) {
        return new Result(observed.activations());
    }

    /// The share that decides: of a ramp the dead units, since every ramp is off for some examples; of others the saturated
    /// numbers.
    private static double share(ActivationSignal signal) {
        return signal.function() == ActivationSignal.Function.RELU ? signal.idleUnitShare() : signal.idle();
    }

    private static Verdict verdict(ActivationSignal signal) {
        double share = share(signal);
        boolean finite = Double.isFinite(signal.mean());
        return share >= MOST || !finite ? Verdict.BROKEN : share >= MANY ? Verdict.WORTH_A_LOOK : Verdict.FINE;
    }

    private static String state(ActivationSignal signal) {
        if (!Double.isFinite(signal.mean())) {
            return "not finite";
        }
        if (verdict(signal) == Verdict.FINE) {
            return "fine";
        }
        return signal.function() == ActivationSignal.Function.RELU ? "dead" : "saturated";
    }

    /// What was found.
    ///
    /// @param activations every ramp, sigmoid and tanh between the weights
    public record Result(List<ActivationSignal> activations) implements CheckResult {
        public Result {
            activations = List.copyOf(activations);
        }

        @Override
        public String check() {
            return "activations";
        }

        @Override
        public Verdict verdict() {
            return Verdict.worst(activations.stream().map(UnitActivity::verdict));
        }

        @Override
        public String summary() {
            if (activations.isEmpty()) {
                return "there is no ramp, sigmoid or tanh between the weights";
            }
            List<String> bad = activations.stream()
                    .filter(signal -> UnitActivity.verdict(signal) != Verdict.FINE)
                    .map(Result::sentence)
                    .toList();
            return bad.isEmpty() ? "units are on for some examples and off for others" : Wording.names(bad);
        }

        private static String sentence(ActivationSignal signal) {
            return switch (state(signal)) {
                case "dead" ->
                    signal.name() + " is dead: " + signal.idleUnits() + " of " + signal.units()
                            + " units are off for every example";
                case "saturated" ->
                    signal.name() + " is saturated: " + Wording.percent(signal.idle())
                            + " of its results are where the slope is almost 0";
                default -> signal.name() + " is not finite";
            };
        }

        @Override
        public List<String> advice() {
            List<String> states =
                    activations.stream().map(UnitActivity::state).distinct().toList();
            List<String> advice = new ArrayList<>();
            if (states.contains("dead")) {
                advice.add("start biases at 0 and draw weights by He's rule (Init.heNormal)");
                advice.add("lower the learning rate: one large step can push a unit off for good");
                advice.add("leaky ReLU, ELU or SiLU, which pass gradient on both sides");
            }
            if (states.contains("saturated")) {
                advice.add("draw the weights smaller, by Glorot's rule (Init.glorotUniform), and scale the features to"
                        + " about −1 … 1");
                advice.add("a normalisation in front of the function");
                advice.add("ReLU or one of its relatives");
            }
            if (states.contains("not finite")) {
                advice.add("find the operator that makes it: see the origin of non-finite numbers");
            }
            return advice;
        }

        @Override
        public List<Figures> figures() {
            return List.of(new Figures(
                    "activations",
                    List.of("function", "mean", "deviation", "idle", "dead units", "units", "state"),
                    activations.stream().map(Result::row).toList()));
        }

        private static List<Figure> row(ActivationSignal signal) {
            return List.of(
                    new Figure.Word(signal.name()),
                    new Figure.Real(signal.mean()),
                    new Figure.Real(signal.deviation()),
                    new Figure.Share(signal.idle()),
                    new Figure.Count(signal.idleUnits()),
                    new Figure.Count(signal.units()),
                    new Figure.Word(state(signal)));
        }
    }
}
