package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.NearestNames;
import dev.adjoint.train.optimizer.Settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Schedules by name, for command lines and files of settings. All but `one-cycle`, which has its own, can begin with a
/// warm-up of `warmup` steps that begins at the share `warmup-start` of the rate.
public enum Schedules {
    /// [Schedule#constant]
    CONSTANT("constant", "the same rate always", warmUp()) {
        @Override
        Schedule build(Span span, Settings s) {
            return Schedule.constant(span.rate);
        }
    },
    /// [Schedule#step]
    STEP(
            "step",
            "falls by a factor every so many steps",
            warmUp(of("every", "0", "steps between falls; 0 for a third of all"), factor("0.1"))) {
        @Override
        Schedule build(Span span, Settings s) {
            long every = s.count("every") == 0 ? Math.max(1, span.steps / 3) : s.count("every");
            return Schedule.step(span.rate, every, s.number("factor"));
        }
    },
    /// [Schedule#multiStep]
    MULTI_STEP(
            "multi-step",
            "falls by a factor at given steps",
            warmUp(of("milestones", "", "steps with commas between them"), factor("0.1"))) {
        @Override
        Schedule build(Span span, Settings s) {
            long[] milestones = s.numbers("milestones").stream()
                    .mapToLong(Double::longValue)
                    .toArray();
            return Schedule.multiStep(span.rate, s.number("factor"), milestones);
        }
    },
    /// [Schedule#exponential]
    EXPONENTIAL("exponential", "falls by a factor at every step", warmUp(factor("0.999"))) {
        @Override
        Schedule build(Span span, Settings s) {
            return Schedule.exponential(span.rate, s.number("factor"));
        }
    },
    /// [Schedule#polynomial]
    POLYNOMIAL(
            "polynomial", "falls to 0 as a power of the steps left", warmUp(of("power", "1", "1 is a straight line"))) {
        @Override
        Schedule build(Span span, Settings s) {
            return Schedule.polynomial(span.rate, span.steps, s.number("power"));
        }
    },
    /// [Schedule#cosine]
    COSINE("cosine", "a half cosine", warmUp(of("last", "0", "the last rate"))) {
        @Override
        Schedule build(Span span, Settings s) {
            return Schedule.cosine(span.rate, s.number("last"), span.steps);
        }
    },
    /// [Schedule#cosineRestarts]
    COSINE_RESTARTS(
            "cosine-restarts",
            "half cosines one after the other",
            warmUp(
                    of("period", "0", "steps of the first; 0 for a third of all"),
                    of("multiplier", "1", "how much longer every next one is"))) {
        @Override
        Schedule build(Span span, Settings s) {
            long period = s.count("period") == 0 ? Math.max(1, span.steps / 3) : s.count("period");
            return Schedule.cosineRestarts(span.rate, period, (int) s.count("multiplier"));
        }
    },
    /// [OneCycle]
    ONE_CYCLE(
            "one-cycle",
            "up to the rate and far down",
            List.of(
                    of("rising", "0.3", "share of the steps that rise"),
                    of("divisor", "25", "the rate by the first rate"),
                    of("last-divisor", "1e4", "the first rate by the last rate"))) {
        @Override
        Schedule build(Span span, Settings s) {
            return new OneCycle(
                    span.rate, span.steps, s.number("rising"), s.number("divisor"), s.number("last-divisor"));
        }
    },
    /// [Schedule#piecewise]
    PIECEWISE(
            "piecewise",
            "given rates from given steps on",
            warmUp(
                    of("boundaries", "", "steps with commas between them"),
                    of("factors", "", "shares of the rate from these on"))) {
        @Override
        Schedule build(Span span, Settings s) {
            List<Double> steps = s.numbers("boundaries");
            List<Double> factors = s.numbers("factors");
            Range.require(
                    steps.size() == factors.size(),
                    label(),
                    "every boundary",
                    "needs a factor, but there are " + steps.size() + " and " + factors.size());
            Map<Long, Double> rates = new TreeMap<>(Map.of(0L, span.rate));
            IntStream.range(0, steps.size())
                    .forEach(i -> rates.put(steps.get(i).longValue(), span.rate * factors.get(i)));
            return Schedule.piecewise(rates);
        }
    };

    private static final String WARM_UP = "warmup";
    private static final String WARM_UP_START = "warmup-start";

    /// The rate at the top, and how many steps there are without warm-up.
    record Span(double rate, long steps) {}

    private final String label;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.copyOf made it
    private final List<Setting> settings;

    Schedules(String label, String description, List<Setting> settings) {
        this.label = label;
        this.description = description;
        this.settings = List.copyOf(settings);
    }

    abstract Schedule build(Span span, Settings settings);

    /// The schedule.
    ///
    /// @param rate its largest rate
    /// @param steps how many steps there are to be, warm-up included
    /// @param given settings by name; those that are missing have their usual values
    /// @throws dev.adjoint.tensor.InvalidArgument if a setting is unknown, no number,
    ///     or outside its range, or if the warm-up takes all steps
    public final Schedule build(double rate, long steps, Map<String, String> given) {
        Settings all = Settings.of(label, settings, given);
        Range.count(label, "the number of steps", steps);
        if (this == ONE_CYCLE) {
            return build(new Span(rate, steps), all);
        }
        long warmUp = all.count(WARM_UP);
        Range.require(
                warmUp < steps,
                label,
                "the warm-up",
                "takes fewer steps than there are, not " + warmUp + " of " + steps);
        return build(new Span(rate, steps - warmUp), all).warmUp(warmUp, all.number(WARM_UP_START));
    }

    /// The name on the command line.
    public String label() {
        return label;
    }

    /// What it does, in a few words.
    public String description() {
        return description;
    }

    /// What can be set.
    public List<Setting> settings() {
        return settings;
    }

    /// The schedule of this name.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if there is none, with the nearest names
    public static Schedules named(String label) {
        return Stream.of(values())
                .filter(schedule -> schedule.label.equals(label))
                .findFirst()
                .orElseThrow(() -> NearestNames.unknown(
                        "schedule",
                        label,
                        Stream.of(values()).map(Schedules::label).toList()));
    }

    private static Setting of(String name, String usual, String meaning) {
        return new Setting(name, usual, meaning);
    }

    private static Setting factor(String usual) {
        return of("factor", usual, "what the rate is multiplied by");
    }

    private static List<Setting> warmUp(Setting... own) {
        List<Setting> all = new ArrayList<>(List.of(own));
        all.add(of("warmup", "0", "steps of a straight rise at first"));
        all.add(of("warmup-start", "0", "share of the rate that it begins with"));
        return List.copyOf(all);
    }
}
