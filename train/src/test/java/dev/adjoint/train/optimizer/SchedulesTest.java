package dev.adjoint.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Schedules, compiled, against their closed forms and against PyTorch's published recursions.
final class SchedulesTest {
    private static final int STEPS = 260;

    private static double cosine(double first, double last, double part) {
        return last + (first - last) * (1 + Math.cos(Math.PI * part)) / 2;
    }

    /// PyTorch's `CosineAnnealingWarmRestarts`, by counting: a period that is over is followed by one m times as long.
    private static double restarts(int step, int first, int multiplier) {
        int length = first;
        int at = 0;
        for (int t = 0; t < step; t++) {
            at++;
            if (at == length) {
                at = 0;
                length *= multiplier;
            }
        }
        return cosine(0.2, 0, (double) at / length);
    }

    /// PyTorch's `OneCycleLR` with cosines, two phases, 0.3, 25 and 10⁴.
    private static double oneCycle(int t, int total) {
        double top = 0.3 * total - 1;
        double end = total - 1;
        double first = 0.2 / 25;
        return t <= top ? cosine(first, 0.2, t / top) : cosine(0.2, first / 1e4, Math.min(1, (t - top) / (end - top)));
    }

    private static Arguments of(String name, Schedule schedule, IntToDoubleFunction expected) {
        return Arguments.of(name, schedule, expected);
    }

    static Stream<Arguments> closedForms() {
        return Stream.of(
                of("constant", Schedule.constant(0.2), t -> 0.2),
                of("step", Schedule.step(0.2, 30, 0.5), t -> 0.2 * Math.pow(0.5, Math.floor(t / 30.0))),
                of("multi-step", Schedule.multiStep(0.2, 0.1, 10, 100), t -> t < 10 ? 0.2 : t < 100 ? 0.02 : 0.002),
                of("exponential", Schedule.exponential(0.2, 0.99), t -> 0.2 * Math.pow(0.99, t)),
                of("inverse time", Schedule.inverseTime(0.2, 0.1), t -> 0.2 / (1 + 0.1 * t)),
                of("linear", Schedule.polynomial(0.2, 200, 1), t -> 0.2 * Math.max(0, 1 - t / 200.0)),
                of("square", Schedule.polynomial(0.2, 200, 2), t -> 0.2 * Math.pow(Math.max(0, 1 - t / 200.0), 2)),
                of("cosine", Schedule.cosine(0.2, 200), t -> cosine(0.2, 0, Math.min(1, t / 200.0))),
                of("cosine to", Schedule.cosine(0.2, 0.05, 200), t -> cosine(0.2, 0.05, Math.min(1, t / 200.0))),
                of("restarts", Schedule.cosineRestarts(0.2, 30, 1), t -> restarts(t, 30, 1)),
                of("longer restarts", Schedule.cosineRestarts(0.2, 10, 2), t -> restarts(t, 10, 2)),
                of("three times longer", Schedule.cosineRestarts(0.2, 1, 3), t -> restarts(t, 1, 3)),
                of("one-cycle", Schedule.oneCycle(0.2, 200), t -> oneCycle(t, 200)),
                of(
                        "piecewise",
                        Schedule.piecewise(Map.of(0L, 0.2, 50L, 0.3, 60L, 0.0)),
                        t -> t < 50 ? 0.2 : t < 60 ? 0.3 : 0),
                of(
                        "warm-up",
                        Schedule.cosine(0.2, 100).warmUp(40),
                        t -> t < 40 ? 0.2 * t / 40 : cosine(0.2, 0, Math.min(1, (t - 40) / 100.0))),
                of(
                        "warm-up from a tenth",
                        Schedule.constant(0.2).warmUp(40, 0.1),
                        t -> t < 40 ? 0.2 * (0.1 + 0.9 * t / 40) : 0.2),
                of(
                        "then",
                        Schedule.constant(0.2).then(30, Schedule.exponential(0.1, 0.9)),
                        t -> t < 30 ? 0.2 : 0.1 * Math.pow(0.9, t - 30)),
                of(
                        "times",
                        Schedule.exponential(0.2, 0.9).times(Schedule.step(1, 10, 0.5)),
                        t -> 0.2 * Math.pow(0.9, t) * Math.pow(0.5, Math.floor(t / 10.0))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("closedForms")
    void everyStepHasItsClosedForm(String name, Schedule schedule, IntToDoubleFunction expected) {
        double[] values = schedule.values(STEPS);
        for (int t = 0; t < STEPS; t++) {
            assertThat(values[t]).as("step " + t).isCloseTo(expected.applyAsDouble(t), within(1e-12));
        }
    }

    @Test
    void namesBuildTheirSchedules() {
        assertThat(Schedules.named("cosine")
                        .build(0.2, 100, Map.of("warmup", "20"))
                        .values(130))
                .containsExactly(Schedule.cosine(0.2, 80).warmUp(20).values(130), within(0.0));
        assertThat(Schedules.named("multi-step")
                        .build(0.2, 100, Map.of("milestones", "[10, 20]"))
                        .values(30))
                .containsExactly(Schedule.multiStep(0.2, 0.1, 10, 20).values(30), within(0.0));
        assertThat(Schedules.named("piecewise")
                        .build(2, 9, Map.of("boundaries", "3", "factors", "0.5"))
                        .values(5))
                .containsExactly(2, 2, 2, 1, 1);
        for (Schedules name : Schedules.values()) {
            double[] values = name.build(0.2, 100, Map.of()).values(100);
            assertThat(values).as(name.label()).doesNotContain(Double.NaN);
            assertThat(Arrays.stream(values).min().orElseThrow())
                    .as(name.label())
                    .isNotNegative();
            assertThat(Arrays.stream(values).max().orElseThrow())
                    .as(name.label())
                    .isLessThan(0.2 + 1e-15);
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(() -> Schedule.constant(-0.1), "schedule: a learning rate is a number of at least 0, not -0.1"),
                mistake(
                        () -> Schedule.cosine(Double.NaN, 3),
                        "schedule: a learning rate is a number of at least 0, not NaN"),
                mistake(() -> Schedule.cosine(1, 0), "cosine schedule: the number of steps is at least 1, not 0"),
                mistake(() -> Schedule.step(1, 0, 0.5), "step schedule: the number of steps is at least 1, not 0"),
                mistake(
                        () -> Schedule.exponential(1, 0),
                        "exponential schedule: the factor is a number above 0, not 0.0"),
                mistake(
                        () -> Schedule.oneCycle(1, 3),
                        "one-cycle: the rise takes more than one step and fewer than all, not 0.8999999999999999 of 3"),
                mistake(
                        () -> Schedule.piecewise(Map.of(5L, 1.0)),
                        "piecewise schedule: the first rate holds from step 0 on, but the steps are [5]"),
                mistake(
                        () -> Schedule.constant(1).warmUp(-1),
                        "warm-up: the number of steps is a number of at least 0, not -1.0"),
                mistake(
                        () -> Schedules.named("cosine").build(1, 100, Map.of("warmup", "100")),
                        "cosine: the warm-up takes fewer steps than there are, not 100 of 100"),
                mistake(() -> Schedules.named("cosinee"), "no schedule is called 'cosinee'; did you mean 'cosine'?"),
                mistake(
                        () -> Schedules.named("step").build(1, 9, Map.of("evry", "3")),
                        "no setting of step is called 'evry'; did you mean 'every'?"),
                mistake(
                        () -> Schedules.named("step").build(1, 9, Map.of("every", "often")),
                        "step: every is a number, not 'often'"),
                mistake(
                        () -> Schedules.named("step").build(1, 9, Map.of("every", "2.5")),
                        "step: every is a whole number, not 2.5"),
                mistake(
                        () -> Schedules.named("piecewise").build(1, 9, Map.of("boundaries", "3,4", "factors", "1")),
                        "piecewise: every boundary needs a factor, but there are 2 and 1"));
    }

    private static Arguments mistake(Runnable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void valuesOutsideTheirRangeAreRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(dev.adjoint.tensor.InvalidArgument.class)
                .hasMessage(message);
    }
}
