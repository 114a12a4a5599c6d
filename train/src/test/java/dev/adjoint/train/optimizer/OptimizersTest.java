package dev.adjoint.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.Transformations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every optimiser's whole trajectory in f64 against its published formula, written here in plain loops over doubles.
final class OptimizersTest {
    private static final int STEPS = 60;

    /// A published update: changes w in place, given the gradient and the number of the step from 1.
    interface Formula {
        void step(double[] w, double[] g, int t);
    }

    /// An objective twice: as a tensor function, and its gradient by hand.
    record Problem(String name, List<Double> start, Function<Tensor, Tensor> f, Slope slope) {
        interface Slope {
            double[] at(double[] w);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// Σ (1−wᵢ)² + 100(wᵢ₊₁−wᵢ²)² of three numbers.
    static final Problem ROSENBROCK = new Problem(
            "Rosenbrock",
            List.of(-1.2, 1.0, 0.7),
            w -> {
                Tensor x = w.slice(0, 0, 2);
                Tensor y = w.slice(0, 1, 3);
                return x.rsub(1)
                        .square()
                        .add(y.sub(x.square()).square().mul(100))
                        .sum();
            },
            w -> {
                double[] g = new double[3];
                for (int i = 0; i < 2; i++) {
                    double bend = w[i + 1] - w[i] * w[i];
                    g[i] += -2 * (1 - w[i]) - 400 * w[i] * bend;
                    g[i + 1] += 200 * bend;
                }
                return g;
            });

    /// ½ Σ cᵢ(wᵢ − i)² with c = 1, 2, 3.
    static final Problem QUADRATIC = new Problem(
            "quadratic",
            List.of(3.0, -4.0, 5.0),
            w -> w.sub(Array.of(0.0, 1, 2)).square().mul(Array.of(0.5, 1, 1.5)).sum(),
            w -> new double[] {w[0], 2 * (w[1] - 1), 3 * (w[2] - 2)});

    record Case(String name, Optimizer optimizer, Supplier<Formula> formula) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, Optimizer optimizer, Supplier<Formula> formula) {
        return new Case(name, optimizer, formula);
    }

    /// A formula for every weight by itself, with two numbers of memory, from 0.
    private interface Scalar {
        double change(double w, double g, int t, double[] memory);
    }

    private static Supplier<Formula> each(Scalar scalar) {
        return () -> {
            double[][] memory = new double[3][4];
            return (w, g, t) -> {
                for (int i = 0; i < w.length; i++) {
                    w[i] += scalar.change(w[i], g[i], t, memory[i]);
                }
            };
        };
    }

    /// g is changed before the formula sees it.
    private static Supplier<Formula> before(BinaryOperator<double[]> transform, Supplier<Formula> next) {
        return () -> {
            Formula formula = next.get();
            return (w, g, t) -> formula.step(w, transform.apply(w, g), t);
        };
    }

    private static double norm(double[] x) {
        return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
    }

    private static final Supplier<Formula> PLAIN = each((w, g, t, s) -> -1e-3 * g);

    private static final Scalar ADAM = adam(0.02, 0.9, 0.999, 1e-8);

    private static Scalar adam(double rate, double b1, double b2, double epsilon) {
        return (w, g, t, s) -> {
            s[0] = b1 * s[0] + (1 - b1) * g;
            s[1] = b2 * s[1] + (1 - b2) * g * g;
            double mean = s[0] / (1 - Math.pow(b1, t));
            double square = s[1] / (1 - Math.pow(b2, t));
            return -rate * mean / (Math.sqrt(square) + epsilon);
        };
    }

    static Stream<Case> firstOrder() {
        return Stream.of(
                of("plain descent", Sgd.of(1e-3), PLAIN),
                of("momentum", Sgd.of(1e-3, 0.9), each((w, g, t, s) -> {
                    s[0] = 0.9 * s[0] + g;
                    return -1e-3 * s[0];
                })),
                of("damped momentum", Sgd.of(1e-3, 0.8).dampening(0.3), each((w, g, t, s) -> {
                    s[0] = t == 1 ? g : 0.8 * s[0] + 0.7 * g;
                    return -1e-3 * s[0];
                })),
                of("nesterov", Sgd.of(5e-4, 0.9).nesterov(), each((w, g, t, s) -> {
                    s[0] = 0.9 * s[0] + g;
                    return -5e-4 * (g + 0.9 * s[0]);
                })),
                of("adagrad", new Adagrad(Schedule.inverseTime(0.1, 0.05), 0.2, 1e-10), each((w, g, t, s) -> {
                    s[0] = (t == 1 ? 0.2 : s[0]) + g * g;
                    return -0.1 / (1 + (t - 1) * 0.05) * g / (Math.sqrt(s[0]) + 1e-10);
                })),
                of("adadelta", new Adadelta(Schedule.constant(0.7), 0.9, 1e-4), each((w, g, t, s) -> {
                    s[0] = 0.9 * s[0] + 0.1 * g * g;
                    double delta = Math.sqrt(s[1] + 1e-4) / Math.sqrt(s[0] + 1e-4) * g;
                    s[1] = 0.9 * s[1] + 0.1 * delta * delta;
                    return -0.7 * delta;
                })),
                of("rmsprop", RmsProp.of(0.01), each((w, g, t, s) -> {
                    s[0] = 0.99 * s[0] + 0.01 * g * g;
                    return -0.01 * g / (Math.sqrt(s[0]) + 1e-8);
                })),
                of(
                        "centred rmsprop with momentum",
                        RmsProp.of(1e-3).centred().momentum(0.9).decay(0.95),
                        each((w, g, t, s) -> {
                            s[0] = 0.95 * s[0] + 0.05 * g * g;
                            s[1] = 0.95 * s[1] + 0.05 * g;
                            s[2] = 0.9 * s[2] + g / (Math.sqrt(s[0] - s[1] * s[1]) + 1e-8);
                            return -1e-3 * s[2];
                        })));
    }

    static Stream<Case> adaptive() {
        return Stream.of(
                of("adam", Adam.of(0.02), each(ADAM)),
                of(
                        "adam with other decays",
                        Adam.of(0.02).decays(0.8, 0.95).epsilon(1e-3),
                        each(adam(0.02, 0.8, 0.95, 1e-3))),
                of("adamw", AdamW.of(0.02, 0.3), each((w, g, t, s) -> -0.02 * 0.3 * w + ADAM.change(w, g, t, s))),
                of("amsgrad", AmsGrad.of(0.02), each((w, g, t, s) -> {
                    s[0] = 0.9 * s[0] + 0.1 * g;
                    s[1] = 0.999 * s[1] + 0.001 * g * g;
                    s[2] = Math.max(s[2], s[1]);
                    double deviation = Math.sqrt(s[2]) / Math.sqrt(1 - Math.pow(0.999, t)) + 1e-8;
                    return -0.02 * s[0] / (1 - Math.pow(0.9, t)) / deviation;
                })),
                of("nadam", NAdam.of(0.02), each((w, g, t, s) -> {
                    double mu = 0.9 * (1 - 0.5 * Math.pow(0.96, t * 4e-3));
                    double ahead = 0.9 * (1 - 0.5 * Math.pow(0.96, (t + 1) * 4e-3));
                    s[2] = (t == 1 ? 1 : s[2]) * mu;
                    s[0] = 0.9 * s[0] + 0.1 * g;
                    s[1] = 0.999 * s[1] + 0.001 * g * g;
                    double deviation = Math.sqrt(s[1] / (1 - Math.pow(0.999, t))) + 1e-8;
                    return -0.02 * (1 - mu) / (1 - s[2]) * g / deviation
                            - 0.02 * ahead / (1 - s[2] * ahead) * s[0] / deviation;
                })),
                of("radam", RAdam.of(0.001), each((w, g, t, s) -> {
                    s[0] = 0.9 * s[0] + 0.1 * g;
                    s[1] = 0.999 * s[1] + 0.001 * g * g;
                    double longest = 2 / (1 - 0.999) - 1;
                    double length = longest - 2 * t * Math.pow(0.999, t) / (1 - Math.pow(0.999, t));
                    double mean = s[0] / (1 - Math.pow(0.9, t));
                    if (length <= 5) {
                        return -0.001 * mean;
                    }
                    double rectified =
                            Math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
                    return -0.001 * mean * rectified * Math.sqrt(1 - Math.pow(0.999, t)) / (Math.sqrt(s[1]) + 1e-8);
                })),
                of("lion", new Lion(Schedule.constant(0.01), 0.9, 0.99, 0.2), each((w, g, t, s) -> {
                    double sign = Math.signum(0.9 * s[0] + (1 - 0.9) * g);
                    s[0] = 0.99 * s[0] + (1 - 0.99) * g;
                    return -0.01 * (sign + 0.2 * w);
                })),
                of("lamb", Lamb.of(0.02, 0.1), () -> {
                    double[][] memory = new double[3][2];
                    Scalar unit = adam(1, 0.9, 0.999, 1e-6);
                    return (w, g, t) -> {
                        double[] r = new double[3];
                        for (int i = 0; i < 3; i++) {
                            r[i] = -unit.change(w[i], g[i], t, memory[i]) + 0.1 * w[i];
                        }
                        double trust = norm(w) > 0 && norm(r) > 0 ? norm(w) / norm(r) : 1;
                        for (int i = 0; i < 3; i++) {
                            w[i] -= 0.02 * trust * r[i];
                        }
                    };
                }));
    }

    private static double[] mapped(double[] x, IntToDoubleFunction f) {
        double[] y = new double[x.length];
        Arrays.setAll(y, f);
        return y;
    }

    static Stream<Case> transformations() {
        Sgd descent = Sgd.of(1e-3);
        return Stream.of(
                of("L2", WeightDecay.of(0.5).then(descent), before((w, g) -> mapped(g, i -> g[i] + 0.5 * w[i]), PLAIN)),
                of(
                        "L1",
                        new L1(0.5).then(descent),
                        before((w, g) -> mapped(g, i -> g[i] + 0.5 * Math.signum(w[i])), PLAIN)),
                of(
                        "clipping by value",
                        new ClipByValue(2).then(descent),
                        before((w, g) -> mapped(g, i -> Math.max(-2, Math.min(2, g[i]))), PLAIN)),
                of(
                        "clipping by norm",
                        new ClipByNorm(2).then(descent),
                        before((w, g) -> mapped(g, i -> g[i] * Math.min(1, 2 / (norm(g) + 1e-6))), PLAIN)),
                of(
                        "clipping by global norm",
                        new ClipByGlobalNorm(2).then(Adam.of(0.02)),
                        before((w, g) -> mapped(g, i -> g[i] * Math.min(1, 2 / (norm(g) + 1e-6))), each(ADAM))),
                of("accumulation", new Accumulate(3, Adam.of(0.02)), () -> {
                    Formula adam = each(ADAM).get();
                    double[] sum = new double[3];
                    return (w, g, t) -> {
                        for (int i = 0; i < 3; i++) {
                            sum[i] += g[i];
                        }
                        if (t % 3 == 0) {
                            adam.step(w, mapped(sum, i -> sum[i] / 3), t / 3);
                            Arrays.fill(sum, 0);
                        }
                    };
                }),
                of("lookahead", new Lookahead(Adam.of(0.02), 4, 0.3), () -> {
                    Formula adam = each(ADAM).get();
                    double[] slow = new double[3];
                    return (w, g, t) -> {
                        if (t == 1) {
                            System.arraycopy(w, 0, slow, 0, 3);
                        }
                        adam.step(w, g, t);
                        if (t % 4 == 0) {
                            for (int i = 0; i < 3; i++) {
                                slow[i] += 0.3 * (w[i] - slow[i]);
                                w[i] = slow[i];
                            }
                        }
                    };
                }),
                of("average of weights", descent.then(new WeightAverage(0.9)), PLAIN),
                of("plateau without an observation", ReduceOnPlateau.of(descent), PLAIN),
                of(
                        "scheduled",
                        Sgd.of(Schedule.cosine(1e-3, 40)),
                        each((w, g, t, s) -> -0.5e-3 * (1 + Math.cos(Math.PI * Math.min((t - 1) / 40.0, 1))) * g)));
    }

    static Stream<Arguments> all() {
        return Stream.of(firstOrder(), adaptive(), transformations())
                .flatMap(cases -> cases)
                .flatMap(c -> Stream.of(Arguments.of(c, ROSENBROCK), Arguments.of(c, QUADRATIC)));
    }

    public record Point(Tensor w, Record state) {}

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("all")
    void followsItsFormulaStepByStep(Case test, Problem problem) {
        Compiled<Point, Point> step = Compiled.of((Point p) -> {
            Tensor g = Transformations.grad(problem.f).apply(p.w);
            Optimizer.Update<Tensor> update = test.optimizer.update(g, p.state, p.w);
            return new Point(p.w.add(update.changes()), update.state());
        });
        Formula formula = test.formula.get();
        double[] w = problem.start.stream().mapToDouble(x -> x).toArray();
        Tensor first = Array.of(w.clone());
        Point point = new Point(first, test.optimizer.init(first));
        for (int t = 1; t <= STEPS; t++) {
            formula.step(w, problem.slope.at(w), t);
            point = step.apply(point);
            assertThat(Array.of(point.w).toDoubles()).as("step " + t).containsExactly(w, within(1e-10));
        }
        assertThat(norm(mapped(w, i -> w[i] - problem.start.get(i))))
                .as("it moved")
                .isGreaterThan(1e-3);
    }

    /// Newton–Schulz by its definition on arrays of rows; `[in,out]` as everywhere here.
    @ParameterizedTest
    @MethodSource("shapes")
    void muonFollowsItsFormulaStepByStep(int rows, int columns) {
        double[][] w = new double[rows][columns];
        double[][] target = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                w[i][j] = Math.sin(1 + i * columns + j);
                target[i][j] = Math.cos(2 + i + 3 * j);
            }
        }
        Muon muon = new Muon(Schedule.constant(0.05), 0.9, 0.1, 5);
        Tensor weights = Array.of(w);
        Record state = muon.init(weights);
        double[][] buffer = new double[rows][columns];
        for (int t = 0; t < 10; t++) {
            Optimizer.Update<Tensor> update =
                    muon.update(weights.sub(Array.of(target)).mul(1 + t), state, weights);
            weights = weights.add(update.changes());
            state = update.state();
            double[][] u = new double[rows][columns];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double g = (w[i][j] - target[i][j]) * (1 + t);
                    buffer[i][j] = 0.9 * buffer[i][j] + (1 - 0.9) * g;
                    u[i][j] = (1 - 0.9) * g + 0.9 * buffer[i][j];
                }
            }
            double[][] o = newtonSchulz(u);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double scale = Math.sqrt(Math.max(1, columns / (double) rows));
                    w[i][j] = w[i][j] * (1 - 0.05 * 0.1) - 0.05 * scale * o[i][j];
                }
            }
            double[] expected = Arrays.stream(w).flatMapToDouble(Arrays::stream).toArray();
            assertThat(Array.of(weights).toDoubles()).as("step " + t).containsExactly(expected, within(1e-11));
        }
    }

    static Stream<Arguments> shapes() {
        return Stream.of(Arguments.of(3, 3), Arguments.of(2, 4), Arguments.of(4, 2));
    }

    private static double[][] newtonSchulz(double[][] u) {
        double norm = norm(Arrays.stream(u).flatMapToDouble(Arrays::stream).toArray());
        double[][] x = combine(1 / norm, u, 0, u);
        for (int i = 0; i < 5; i++) {
            double[][] a = product(x, transposed(x));
            double[][] polynomial = combine(-4.7750, a, 2.0315, product(a, a));
            x = combine(3.4445, x, 1, product(polynomial, x));
        }
        return x;
    }

    private static double[][] transposed(double[][] a) {
        double[][] t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][] combine(double p, double[][] a, double q, double[][] b) {
        double[][] c = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                c[i][j] = p * a[i][j] + q * b[i][j];
            }
        }
        return c;
    }

    static Stream<Optimizers> names() {
        return Stream.of(Optimizers.values());
    }

    /// Whatever a name builds goes downhill from its usual settings on, and from all surroundings at once.
    @ParameterizedTest
    @MethodSource("names")
    void everyNameBuildsAnOptimiserThatGoesDownhill(Optimizers name) {
        Map<String, String> everything = Map.of(
                "weight-decay",
                "0.01",
                "l1",
                "0.001",
                "clip-value",
                "5",
                "clip-norm",
                "5",
                "lookahead",
                "2",
                "accumulate",
                "2",
                "average",
                "0.5");
        for (Map<String, String> settings : List.of(Map.<String, String>of(), everything)) {
            Optimizer optimizer = name.build(Schedule.constant(name.usualRate()), settings);
            Map<String, Tensor> model =
                    Map.of("weight", Array.of(new double[][] {{1, 2}, {-1, 1}}), "bias", Array.of(1.0, -1.0));
            double before = size(model);
            Record state = optimizer.init(model);
            for (int t = 0; t < 20; t++) {
                Optimizer.Update<Map<String, Tensor>> update = optimizer.update(model, state, model);
                model = Tree.zip(model, update.changes(), Tensor::add);
                state = update.state();
            }
            assertThat(size(model)).as(name + " with " + settings).isLessThan(before);
        }
    }

    private static double size(Map<String, Tensor> model) {
        return model.values().stream()
                .mapToDouble(w -> Array.of(w.square().sum()).item())
                .sum();
    }
}
