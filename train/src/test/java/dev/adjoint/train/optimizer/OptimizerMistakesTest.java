package dev.adjoint.train.optimizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Numbers outside their range, by the text of the message.
final class OptimizerMistakesTest {
    private static final Schedule RATE = Schedule.constant(1);

    private static Arguments of(Runnable call, String message) {
        return Arguments.of(call, message);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                of(() -> Sgd.of(-1), "schedule: a learning rate is a number of at least 0, not -1.0"),
                of(() -> Sgd.of(0.1, 1), "sgd: the momentum lies between 0 and below 1, not at 1.0"),
                of(() -> Sgd.of(1).dampening(2), "sgd: the dampening lies between 0 and 1, not at 2.0"),
                of(
                        () -> Sgd.of(1).nesterov(),
                        "sgd: Nesterov's form needs a momentum above 0 and no dampening, not 0.0 and 0.0"),
                of(() -> new Adam(RATE, 0.9, 1, 0), "adam: β₂ lies between 0 and below 1, not at 1.0"),
                of(() -> new Adam(RATE, -0.1, 0.9, 0), "adam: β₁ lies between 0 and below 1, not at -0.1"),
                of(() -> Adam.of(1).epsilon(-1), "adam: ε is a number of at least 0, not -1.0"),
                of(() -> Adam.of(1).epsilon(Double.NaN), "adam: ε is a number of at least 0, not NaN"),
                of(() -> AdamW.of(1, -1), "decoupled weight decay: λ is a number of at least 0, not -1.0"),
                of(() -> new Adagrad(RATE, -1, 0), "adagrad: the initial sum is a number of at least 0, not -1.0"),
                of(() -> new Adadelta(RATE, 0.9, 0), "adadelta: ε is a number above 0, not 0.0"),
                of(() -> RmsProp.of(1).decay(1), "rmsprop: α lies between 0 and below 1, not at 1.0"),
                of(() -> new RAdam(RATE, 0.9, 0.5, 0), "radam: β₂ lies above 0.6 and below 1, not at 0.5"),
                of(() -> new NAdam(RATE, 0.9, 0.9, 0, -1), "nadam: ψ is a number of at least 0, not -1.0"),
                of(() -> new Lion(RATE, 1, 0.9, 0), "lion: β₁ lies between 0 and below 1, not at 1.0"),
                of(() -> Lamb.of(1, -1), "lamb: λ is a number of at least 0, not -1.0"),
                of(() -> new Muon(RATE, 0.9, 0, 0), "muon: the number of iterations is at least 1, not 0"),
                of(
                        () -> Muon.of(1).update(Array.of(1.0), Muon.of(1).init(Array.of(1.0)), Array.of(1.0)),
                        "muon: orthogonalises matrices, but a weight is f64[1]; give biases and norms to another"
                                + " optimiser with ByPath"),
                of(() -> WeightDecay.of(-1), "weight decay: λ is a number of at least 0, not -1.0"),
                of(() -> new L1(-1), "l1: λ is a number of at least 0, not -1.0"),
                of(() -> new ClipByValue(0), "clipping by value: the limit is a number above 0, not 0.0"),
                of(() -> new ClipByNorm(-2), "clipping by norm: the limit is a number above 0, not -2.0"),
                of(() -> new ClipByGlobalNorm(0), "clipping by global norm: the limit is a number above 0, not 0.0"),
                of(() -> new MaxNorm(0, 0), "max norm: the limit is a number above 0, not 0.0"),
                of(
                        () -> new Accumulate(0, Sgd.of(1)),
                        "gradient accumulation: the number of batches is at least 1, not 0"),
                of(() -> new WeightAverage(1), "weight average: the decay lies between 0 and below 1, not at 1.0"),
                of(() -> new Lookahead(Sgd.of(1), 0, 1), "lookahead: the number of steps is at least 1, not 0"),
                of(() -> new Lookahead(Sgd.of(1), 1, 0), "lookahead: α lies above 0 and is at most 1, not 0.0"),
                of(
                        () -> ReduceOnPlateau.of(Sgd.of(1)).factor(1),
                        "plateau: the factor lies above 0 and below 1, not at 1.0"),
                of(
                        () -> ReduceOnPlateau.of(Sgd.of(1)).patience(-1),
                        "plateau: the patience is a number of at least 0, not -1.0"),
                of(
                        () -> ByPath.rest(Sgd.of(1))
                                .rule("head", PathRule.under("head"), new Frozen())
                                .init(Map.of("body", Array.of(1.0))),
                        "by path: rule 'head' means no weight of the model, whose paths are body"),
                of(
                        () -> ByPath.rest(Sgd.of(1)).rule("rest", PathRule.vectors(), new Frozen()),
                        "by path: rules need different names, none of them 'rest'"),
                of(
                        () -> WeightAverage.in(Sgd.of(1).init(Array.of(1.0)), Array.of(1.0)),
                        "the optimiser keeps no average of the weights; end its chain with then(new"
                                + " WeightAverage(0.99))"),
                of(
                        () -> Lbfgs.standard()
                                .minimize(
                                        (dev.adjoint.tensor.Tensor w) -> w.log().sum(), Array.of(-1.0)),
                        "l-bfgs: the objective is NaN where it begins"),
                of(() -> new Lbfgs(0, 1, 0, 0), "l-bfgs: the memory is at least 1, not 0"),
                of(() -> Optimizers.named("adamv"), "no optimiser is called 'adamv'; did you mean 'adam' or 'adamw'?"),
                of(
                        () -> Optimizers.ADAM.build(RATE, Map.of("beta3", "0.9")),
                        "no setting of adam is called 'beta3'; did you mean 'beta1' or 'beta2'?"),
                of(
                        () -> Optimizers.ADAM.build(RATE, Map.of("beta2", "1")),
                        "adam: β₂ lies between 0 and below 1, not at 1.0"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void isRefused(Runnable call, String message) {
        assertThatThrownBy(call::run).isInstanceOf(InvalidArgument.class).hasMessage(message);
    }
}
