package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.NearestNames;
import dev.adjoint.train.optimizer.Settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Optimisers by name, for command lines and files of settings: `Optimizers.named("adamw").build(schedule, settings)`.
///
/// Every one also has the settings of [Surroundings]: weight decay, clipping, accumulation, averages.
public enum Optimizers {
    /// [Sgd], plain or with momentum.
    SGD(
            "sgd",
            1e-2,
            "stochastic gradient descent",
            momentum("0"),
            of("dampening", "0", "share of a gradient held back")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return Sgd.of(rate).momentum(s.number("momentum")).dampening(s.number("dampening"));
        }
    },
    /// [Sgd] in Nesterov's form.
    NESTEROV("nesterov", 1e-2, "descent with Nesterov's momentum", momentum("0.9")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return Sgd.of(rate).momentum(s.number("momentum")).nesterov();
        }
    },
    /// [Adagrad]
    ADAGRAD(
            "adagrad",
            1e-2,
            "rates fall with the sum of squares",
            of("initial", "0", "the first sum"),
            epsilon("1e-10")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return new Adagrad(rate, s.number("initial"), s.number("epsilon"));
        }
    },
    /// [Adadelta]
    ADADELTA("adadelta", 1, "steps as large as the last ones", of("decay", "0.9", "ρ of the means"), epsilon("1e-6")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return new Adadelta(rate, s.number("decay"), s.number("epsilon"));
        }
    },
    /// [RmsProp]
    RMSPROP(
            "rmsprop",
            1e-2,
            "divides by the root mean square",
            of("decay", "0.99", "α of the means"),
            momentum("0"),
            epsilon("1e-8")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return rmsProp(rate, s, RmsProp.Centre.ZERO);
        }
    },
    /// [RmsProp] in its centred form.
    RMSPROP_CENTRED(
            "rmsprop-centred",
            1e-2,
            "divides by the standard deviation",
            of("decay", "0.99", "α of the means"),
            momentum("0"),
            epsilon("1e-8")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return rmsProp(rate, s, RmsProp.Centre.MEAN);
        }
    },
    /// [Adam]
    ADAM("adam", 1e-3, "means of gradients and squares", beta1("0.9"), beta2("0.999"), epsilon("1e-8")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return adam(rate, s);
        }
    },
    /// [AdamW]
    ADAMW("adamw", 1e-3, "Adam with decoupled weight decay", beta1("0.9"), beta2("0.999"), epsilon("1e-8")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return AdamW.of(adam(rate, s), s.number(Surroundings.DECAY));
        }
    },
    /// [AmsGrad]
    AMSGRAD("amsgrad", 1e-3, "Adam whose steps never grow back", beta1("0.9"), beta2("0.999"), epsilon("1e-8")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return new AmsGrad(adam(rate, s));
        }
    },
    /// [NAdam]
    NADAM(
            "nadam",
            2e-3,
            "Adam with Nesterov's momentum",
            beta1("0.9"),
            beta2("0.999"),
            epsilon("1e-8"),
            of("momentum-decay", "0.004", "ψ of the warming momentum")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return new NAdam(
                    rate, s.number("beta1"), s.number("beta2"), s.number("epsilon"), s.number("momentum-decay"));
        }
    },
    /// [RAdam]
    RADAM("radam", 1e-3, "Adam with rectified first steps", beta1("0.9"), beta2("0.999"), epsilon("1e-8")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return new RAdam(rate, s.number("beta1"), s.number("beta2"), s.number("epsilon"));
        }
    },
    /// [Lion]
    LION("lion", 1e-4, "signs of mixed momentum, decoupled decay", beta1("0.9"), beta2("0.99")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return new Lion(rate, s.number("beta1"), s.number("beta2"), s.number(Surroundings.DECAY));
        }
    },
    /// [Lamb]
    LAMB("lamb", 1e-3, "Adam with a trust ratio for every tensor", beta1("0.9"), beta2("0.999"), epsilon("1e-6")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            return new Lamb(adam(rate, s), s.number(Surroundings.DECAY));
        }
    },
    /// [Muon] for matrices and [AdamW] for the rest.
    MUON(
            "muon",
            2e-2,
            "orthogonalised momentum for matrices, AdamW for the rest",
            momentum("0.95"),
            of("iterations", "5", "Newton–Schulz iterations"),
            of("share", "0.05", "AdamW's rate as a share of Muon's")) {
        @Override
        Optimizer build(Schedule rate, Settings s) {
            double decay = s.number(Surroundings.DECAY);
            Muon muon = new Muon(rate, s.number("momentum"), decay, (int) s.count("iterations"));
            Schedule part = rate.times(Schedule.constant(s.number("share")));
            return ByPath.rest(AdamW.of(part, decay)).rule("matrices", PathRule.matrices(), muon);
        }
    };

    private final String label;
    private final double rate;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.copyOf made it
    private final List<Setting> settings;

    Optimizers(String label, double rate, String description, Setting... own) {
        this.label = label;
        this.rate = rate;
        this.description = description;
        List<Setting> all = new ArrayList<>(List.of(own));
        all.addAll(Surroundings.SETTINGS);
        this.settings = List.copyOf(all);
    }

    /// The optimiser itself; decoupled weight decay is its own business.
    abstract Optimizer build(Schedule rate, Settings settings);

    /// The optimiser with everything that the settings ask for around it.
    ///
    /// @param rate the schedule of its rate
    /// @param given settings by name; those that are missing have their usual values
    /// @throws dev.adjoint.tensor.InvalidArgument if a setting is unknown, no number, or outside its range
    public final Optimizer build(Schedule rate, Map<String, String> given) {
        Settings all = Settings.of(label, settings, given);
        return Surroundings.around(build(rate, all), this, all);
    }

    /// Whether the decay of weights is decoupled from the gradients.
    boolean isDecoupled() {
        return switch (this) {
            case ADAMW, LION, LAMB, MUON -> true;
            default -> false;
        };
    }

    /// The name on the command line.
    public String label() {
        return label;
    }

    /// A rate to begin with.
    public double usualRate() {
        return rate;
    }

    /// What it does, in a few words.
    public String description() {
        return description;
    }

    /// What can be set.
    public List<Setting> settings() {
        return settings;
    }

    /// The optimiser of this name.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if there is none, with the nearest names
    public static Optimizers named(String label) {
        return Stream.of(values())
                .filter(optimizer -> optimizer.label.equals(label))
                .findFirst()
                .orElseThrow(() -> NearestNames.unknown(
                        "optimiser",
                        label,
                        Stream.of(values()).map(Optimizers::label).toList()));
    }

    private static Adam adam(Schedule rate, Settings s) {
        return new Adam(rate, s.number("beta1"), s.number("beta2"), s.number("epsilon"));
    }

    private static RmsProp rmsProp(Schedule rate, Settings s, RmsProp.Centre centre) {
        return new RmsProp(rate, s.number("decay"), s.number("epsilon"), s.number("momentum"), centre);
    }

    private static Setting of(String name, String usual, String meaning) {
        return new Setting(name, usual, meaning);
    }

    private static Setting momentum(String usual) {
        return of("momentum", usual, "share of the velocity that stays");
    }

    private static Setting epsilon(String usual) {
        return of("epsilon", usual, "ε beside the root");
    }

    private static Setting beta1(String usual) {
        return of("beta1", usual, "decay of the mean of gradients");
    }

    private static Setting beta2(String usual) {
        return of("beta2", usual, "decay of the mean of squares");
    }
}
