package dev.adjoint.train.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.BatchNorm;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.Objective;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.diagnosis.Patients.Cloud;
import dev.adjoint.train.optimizer.Adam;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.train.optimizer.Sgd;
import dev.adjoint.transform.CustomRules;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    @Test
    void aHealthyNetworkIsFineEverywhere() {
        Diagnosis diagnosis = Diagnosis.of(
                Patients.subject(Patients.network()), Diagnosis.checks(InitialLoss.ofClasses(Patients.CLASSES)));
        assertThat(diagnosis.results()).hasSize(9).allSatisfy(result -> {
            assertThat(result.verdict()).as(result.text()).isEqualTo(Verdict.FINE);
            assertThat(result.advice()).isEmpty();
        });
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.FINE);
        assertThat(diagnosis.text()).startsWith("initial loss: fine\n  the loss before training is 1.");
    }

    @Test
    void theLossOfAGuessIsTheLogarithmOfTheClasses() {
        Sequential zeros = Patients.scaled(Patients.network(), 0);
        InitialLoss.Result exact = InitialLoss.ofClasses(Patients.CLASSES).run(Patients.subject(zeros));
        assertThat(exact.loss()).isEqualTo(Math.log(4.0), within(1e-6));
        assertThat(exact.verdict()).isEqualTo(Verdict.FINE);
        assertThat(exact.summary()).isEqualTo("the loss before training is 1.39; a guess has 1.39 (ln 4)");
    }

    @Test
    void aWrongNumberOfOutputsIsNotTheLossOfAGuess() {
        Sequential tooMany = Patients.network(Activation.relu(), 100);
        InitialLoss.Result result = InitialLoss.ofClasses(Patients.CLASSES).run(Patients.subject(tooMany));
        assertThat(result.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(result.summary()).startsWith("the loss before training is ").endsWith("; a guess has 1.39 (ln 4)");
        assertThat(result.advice().get(1)).startsWith("count the outputs: a loss of ");
        InitialLoss.Result tooFew = InitialLoss.ofClasses(1000).run(Patients.subject(Patients.network()));
        assertThat(tooFew.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(tooFew.advice().getFirst()).startsWith("look for the label among the features");
        assertThatThrownBy(() -> InitialLoss.ofClasses(1))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("guessing needs at least 2 classes, not 1");
    }

    @Test
    void zerosPassNoGradient() {
        Subject<Sequential, Cloud> subject = Patients.subject(Patients.scaled(Patients.network(), 0));
        GradientFlow.Result flow = new GradientFlow().run(subject);
        assertThat(flow.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(flow.unreached())
                .extracting(Signals.Weight::path)
                .containsExactly(
                        "layers.first.weight",
                        "layers.first.bias",
                        "layers.second.weight",
                        "layers.second.bias",
                        "layers.readout.weight");
        assertThat(flow.summary())
                .startsWith(
                        "no gradient reaches layers.first.weight, layers.first.bias, layers.second.weight and 2 more; ");
        assertThat(flow.advice().getFirst()).startsWith("draw weights at random");
        assertThat(OverfitBatch.standard().run(subject).verdict()).isEqualTo(Verdict.BROKEN);
        Alternatives.Result others = Alternatives.standard().run(subject);
        assertThat(others.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(others.summary()).startsWith("after 30 steps the loss is 1.38; with weights by ");
        assertThat(others.advice().getFirst()).endsWith("it learns where the model as it is does not");
    }

    @Test
    void largeWeightsSaturateTanh() {
        Sequential network = Patients.scaled(Patients.network(Activation.tanh(), Patients.CLASSES), 100);
        UnitActivity.Result result = new UnitActivity().run(Patients.subject(network));
        assertThat(result.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(result.summary())
                .startsWith("tanh of layers.first is saturated: ")
                .contains(" of its results are where the slope is almost 0, tanh of layers.second is saturated: ");
        assertThat(result.activations().getFirst().idle()).isGreaterThan(0.9);
        assertThat(result.advice().getFirst()).startsWith("draw the weights smaller, by Glorot's rule");
    }

    @Test
    void aLowBiasKillsARamp() {
        Sequential network = Patients.withBias(Patients.network(), "layers.second.bias", -100);
        Subject<Sequential, Cloud> subject = Patients.subject(network);
        UnitActivity.Result result = new UnitActivity().run(subject);
        assertThat(result.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(result.summary())
                .isEqualTo("relu of layers.second is dead: 32 of 32 units are off for every example");
        assertThat(result.advice().getFirst()).startsWith("start biases at 0");
        GradientFlow.Result flow = new GradientFlow().run(subject);
        assertThat(flow.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(flow.summary())
                .contains("no gradient reaches layers.first.weight")
                .contains("where x ≤ 0");
    }

    @Test
    void aUnitThatIsOffForOneExampleIsNotDead() {
        Subject<Sequential, Cloud> all = Patients.subject(Patients.network());
        var one = new Subject<>(all.model(), all.step(), List.of(Examples.first(all.batch(), 1)), all.key());
        UnitActivity.Result result = new UnitActivity().run(one);
        assertThat(result.activations())
                .allSatisfy(signal -> assertThat(signal.idleUnits()).isGreaterThan(8));
        assertThat(result.verdict()).as(result.text()).isEqualTo(Verdict.FINE);
    }

    @Test
    void aSlowModelIsNotOneThatLearnsNothing() {
        Alternatives.Row own = new Alternatives.Row("as it is", 2.2, 2.0);
        Alternatives.Row other = new Alternatives.Row("small weights", 1.1, 1.0);
        Alternatives.Result result = new Alternatives.Result(30, List.of(own, other));
        assertThat(result.verdict()).isEqualTo(Verdict.WORTH_A_LOOK);
        assertThat(result.summary()).isEqualTo("after 30 steps the loss is 2; with small weights it is 1");
        assertThat(result.advice()).containsExactly("small weights: it learns where the model as it is learns slowly");
        Alternatives.Row bad = new Alternatives.Row("as it is", 1, Double.NaN);
        assertThat(new Alternatives.Result(30, List.of(bad)).advice())
                .containsExactly("another learning rate: no alternative learns either");
    }

    @Test
    void gradientsVanishInDeepSigmoids() {
        Sequential network = Patients.deep(12, List.of(Activation.sigmoid()), 1);
        GradientFlow.Result result = new GradientFlow().run(Patients.subject(network));
        assertThat(result.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(result.summary())
                .startsWith("the gradient is vanishing: at layers.layer0 it is ")
                .endsWith(" times that at the last layer");
        assertThat(result.advice().getFirst()).startsWith("ReLU or one of its relatives");
        assertThat(result.layers().getLast().ratio()).isEqualTo(1);
        assertThat(result.layers()).extracting(GradientFlow.Row::ratio).isSorted();
    }

    @Test
    void gradientsExplodeInLinearChains() {
        GradientFlow.Result result = new GradientFlow().run(Patients.subject(Patients.deep(12, List.of(), 5)));
        assertThat(result.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(result.summary()).startsWith("the gradient is exploding: at layers.layer0 it is ");
        assertThat(result.advice().getFirst()).startsWith("draw the weights smaller");
    }

    @Test
    void aWrongRuleDisagreesWithDifferences() {
        Function<Tensor, Tensor> wrong = CustomRules.withVjp(Tensor::tanh, (x, y, ct) -> ct);
        Objective<Sequential, Cloud> objective = (model, batch, pass) -> Losses.softmaxCrossEntropy(
                        wrong.apply(model.apply(batch.features(), pass)), batch.labels())
                .mean();
        var subject = new Subject<>(
                Patients.network(), new TrainStep<>(objective, Adam.of(1e-3)), Patients.batches(), Key.of(1));
        GradientCheck.Result result = GradientCheck.standard().run(subject);
        assertThat(result.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(result.summary())
                .startsWith("the gradient disagrees with finite differences at layers.first.weight (");
        assertThat(result.advice().getFirst()).startsWith("look at the rules of your own (withVjp, withJvp)");
        assertThat(GradientCheck.standard()
                        .run(Patients.subject(Patients.network()))
                        .verdict())
                .isEqualTo(Verdict.FINE);
    }

    /// The sine turns within 10⁻⁴: differences over 10⁻³ say nothing about its slope.
    @Test
    void aSteepObjectiveIsComparedOverSmallSteps() {
        Objective<Sequential, Cloud> steep = (model, batch, pass) ->
                Patients.OBJECTIVE.apply(model, batch, pass).mul(3e4).sin();
        var subject =
                new Subject<>(Patients.network(), new TrainStep<>(steep, Adam.of(1e-3)), Patients.batches(), Key.of(1));
        assertThat(GradientCheck.standard().run(subject).verdict()).isEqualTo(Verdict.FINE);
    }

    @Test
    void whatCannotBeWidenedIsNotCompared() {
        Tensor scale = Array.of(2f);
        Objective<Sequential, Cloud> objective = (model, batch, pass) ->
                Patients.OBJECTIVE.apply(model, batch, pass).mul(scale.sum());
        var subject = new Subject<>(
                Patients.network(), new TrainStep<>(objective, Adam.of(1e-3)), Patients.batches(), Key.of(1));
        GradientCheck.Result result = GradientCheck.standard().run(subject);
        assertThat(result.verdict()).isEqualTo(Verdict.WORTH_A_LOOK);
        assertThat(result.summary()).startsWith("not compared: the objective fails in float64");
    }

    @Test
    void aRateFarTooLargeIsSeenInUpdatesAndInOneBatch() {
        Subject<Sequential, Cloud> subject = Patients.subject(Patients.network(), Adam.of(5));
        UpdateRatios.Result updates = UpdateRatios.standard().run(subject);
        assertThat(updates.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(updates.summary()).startsWith("a step changes layers.").contains("too large");
        assertThat(updates.advice().getFirst()).startsWith("lower the learning rate");
        Subject<Sequential, Cloud> wild = Patients.subject(Patients.network(), Sgd.of(1e6));
        OverfitBatch.Result batch = OverfitBatch.standard().run(wild);
        assertThat(batch.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(batch.advice().getFirst()).startsWith("lower the learning rate");
    }

    @Test
    void aRateFarTooSmallHardlyMoves() {
        Optimizer slow = Sgd.of(1e-9);
        Subject<Sequential, Cloud> subject = Patients.subject(Patients.network(), slow);
        UpdateRatios.Result updates = UpdateRatios.standard().run(subject);
        assertThat(updates.verdict()).isEqualTo(Verdict.WORTH_A_LOOK);
        assertThat(updates.advice())
                .anyMatch(line -> line.startsWith("raise the learning rate") || line.contains("frozen"));
        OverfitBatch.Result batch = OverfitBatch.standard().run(subject);
        assertThat(batch.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(batch.summary()).startsWith("the batch is not learned: its loss goes from 1.");
        assertThat(batch.advice().getFirst()).startsWith("raise the learning rate");
    }

    @Test
    void nanIsTracedToItsOperator() {
        Objective<Sequential, Cloud> objective = (model, batch, pass) ->
                model.apply(batch.features(), pass).log().mean();
        var subject = new Subject<>(
                Patients.network(), new TrainStep<>(objective, Adam.of(1e-3)), Patients.batches(), Key.of(1));
        NonFiniteOrigin.Result result = NonFiniteOrigin.standard().run(subject);
        assertThat(result.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(result.step()).isEqualTo(1);
        assertThat(result.summary()).startsWith("in step 1, log makes ").contains(" NaN");
        NonFiniteOrigin.Result later =
                NonFiniteOrigin.standard().run(Patients.subject(Patients.network(), Sgd.of(1e12)));
        assertThat(later.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(later.step()).isGreaterThan(1);
        assertThat(later.cause()).isPresent();
        assertThat(later.advice().getFirst()).startsWith("lower the learning rate");
    }

    @Test
    void measuredStatisticsAreNoWeights() {
        Sequential network = Patients.network().then("norm", BatchNorm.init(Patients.CLASSES));
        Diagnosis diagnosis = Diagnosis.of(
                Patients.subject(network), List.of(new GradientFlow(), UpdateRatios.standard(), new GradientCheck(8)));
        assertThat(diagnosis.text()).doesNotContain("statistics");
        assertThat(diagnosis.verdict()).as(diagnosis.text()).isEqualTo(Verdict.FINE);
    }

    @Test
    void batchesAreNeeded() {
        assertThatThrownBy(() -> new Subject<>(
                        Patients.network(), new TrainStep<>(Patients.OBJECTIVE, Adam.of(1)), List.of(), Key.of(1)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("a diagnosis needs at least one batch");
    }
}
