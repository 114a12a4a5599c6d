package dev.adjoint.train.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// All that was found about a training.
///
/// {@snippet :
/// Dataset digits = Digits.load();
/// Sequential network = Models.MLP.init(Key.of(1), digits.exampleShape(), 10);
/// Objective<Sequential, Batch> objective = (model, batch, pass) ->
///         Losses.softmaxCrossEntropy(model.apply(batch.features(), pass), batch.labels()).mean();
/// TrainStep<Sequential, Batch> step = new TrainStep<>(objective, Adam.of(1e-3));
/// Subject<Sequential, Batch> subject =
///         new Subject<>(network, step, digits.batches(32, Key.of(2)).subList(0, 8), Key.of(3));
/// Diagnosis diagnosis = Diagnosis.of(subject, List.of(InitialLoss.ofClasses(10), new GradientFlow()));
/// System.err.println(diagnosis.text());
/// }
///
/// @param results what every check found, in order
public record Diagnosis(List<CheckResult> results) {
    public Diagnosis {
        results = List.copyOf(results);
    }

    /// All checks, from the quick ones to the slow ones.
    ///
    /// @param initial the loss to expect before training
    public static List<Check> checks(InitialLoss initial) {
        return List.of(
                initial,
                new GradientFlow(),
                new UnitActivity(),
                UpdateRatios.standard(),
                NonFiniteOrigin.standard(),
                GradientCheck.standard(),
                OverfitBatch.standard(),
                Alternatives.standard(),
                MemoryUse.ofThisMachine());
    }

    /// Makes some checks.
    public static Diagnosis of(Subject<?, ?> subject, List<? extends Check> checks) {
        return of(subject, checks, result -> {});
    }

    /// Makes some checks and tells every result when it is there.
    public static Diagnosis of(Subject<?, ?> subject, List<? extends Check> checks, Consumer<CheckResult> told) {
        List<CheckResult> results = new ArrayList<>();
        for (Check check : checks) {
            CheckResult result = check.run(subject);
            results.add(result);
            told.accept(result);
        }
        return new Diagnosis(results);
    }

    /// The most serious verdict.
    public Verdict verdict() {
        return Verdict.worst(results.stream().map(CheckResult::verdict));
    }

    /// All results in lines.
    public String text() {
        return results.stream().map(CheckResult::text).collect(Collectors.joining("\n"));
    }
}
