package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hessian;
import static dev.adjoint.transform.Transformations.hvp;
import static dev.adjoint.transform.Transformations.jacobian;
import static dev.adjoint.transform.Transformations.jvp;
import static dev.adjoint.transform.Transformations.linearize;
import static dev.adjoint.transform.Transformations.vjp;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Checkpoint;
import dev.adjoint.transform.CustomRules;
import dev.adjoint.transform.Loops;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every transformation inside of every other. On an elementwise function φ each of them gives φ, φ′ or φ″ element by
/// element, so however they nest, the truth is a derivative of φ = sin in closed form: sin x + k·π/2 after k derivatives.
class NestingTest {
    private static final Array X = Array.of(0.5, -1.25, 2);

    /// A transformation of elementwise functions, and the order of the derivative that it takes.
    enum Nested {
        GRAD(1) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return grad(x -> f.apply(x).sum());
            }
        },
        JVP(1) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return x -> jvp(f, x, x.onesLike()).tangent();
            }
        },
        VJP(1) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return x -> vjp(f, x).pullback().apply(x.onesLike());
            }
        },
        HVP(2) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return x -> hvp(y -> f.apply(y).sum(), x, x.onesLike());
            }
        },
        JACOBIAN(1) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return x -> jacobian(f).apply(x).sum(Axes.of(0));
            }
        },
        HESSIAN(2) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return x -> hessian(y -> f.apply(y).sum()).apply(x).sum(Axes.of(1));
            }
        },
        LINEARIZE(1) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return x -> linearize(f, x).pushforward().apply(x.onesLike());
            }
        },
        VMAP(0) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return x -> vmap(f).apply(Tensor.stack(0, List.of(x, x.mul(2)))).take(0, 0);
            }
        },
        CHECKPOINT(0) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return CustomRules.checkpoint(f);
            }
        },
        CHAIN(0) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return Checkpoint.chain(List.of(x -> x.mul(2), x -> x.mul(0.5), f));
            }
        },
        WITH_VJP(0) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return CustomRules.withVjp(f, (x, y, ct) -> vjp(f, x).pullback().apply(ct));
            }
        },
        WITH_JVP(0) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return CustomRules.withJvp(f, (x, t) -> jvp(f, x, t).tangent());
            }
        },
        SCAN(0) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return x -> Loops.scan(
                                x, Tensor.stack(0, List.of(x, x)), (c, s) -> new Loops.Next<>(c.add(s), f.apply(s)))
                        .output()
                        .take(0, 1);
            }
        },
        COND(0) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return x -> Loops.cond(x.sum().gt(-100), x, f, y -> y.mul(0));
            }
        },
        BOUNDED_WHILE(0) {
            @Override
            Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
                return x -> {
                    List<Tensor> start = List.of(x.mul(4), x.sum().mul(0));
                    var end = Loops.whileLoop(
                            5,
                            start,
                            c -> c.get(1).lt(2),
                            c -> List.of(c.get(0).mul(0.5), c.get(1).add(1)));
                    return f.apply(end.carry().get(0));
                };
            }
        };

        private final int order;

        Nested(int order) {
            this.order = order;
        }

        abstract Function<Tensor, Tensor> of(Function<Tensor, Tensor> f);
    }

    private static final List<Nested> ALL = List.of(Nested.values());

    static Stream<Arguments> pairs() {
        return ALL.stream().flatMap(a -> ALL.stream().map(b -> Arguments.of(List.of(a, b))));
    }

    /// The one that everybody names, and every seventh of all triples, as long as they take at most four derivatives.
    static Stream<Arguments> triples() {
        int n = ALL.size();
        Stream<List<Nested>> some = IntStream.range(0, n * n * n / 7)
                .map(i -> i * 7)
                .mapToObj(i -> List.of(ALL.get(i % n), ALL.get(i / n % n), ALL.get(i / n / n)));
        return Stream.concat(Stream.of(List.of(Nested.HESSIAN, Nested.VMAP, Nested.CHECKPOINT)), some)
                .filter(list -> order(list) <= 4)
                .map(Arguments::of);
    }

    private static int order(List<Nested> nested) {
        return nested.stream().mapToInt(t -> t.order).sum();
    }

    private static double[] expected(int order) {
        return Arrays.stream(X.toDoubles())
                .map(x -> Math.sin(x + order * Math.PI / 2))
                .toArray();
    }

    private static void check(List<Nested> nested) {
        Function<Tensor, Tensor> f = Tensor::sin;
        for (Nested inner : nested.reversed()) {
            f = inner.of(f);
        }
        Array found = Array.of(f.apply(X));
        assertThat(found.type()).isEqualTo(X.type());
        assertThat(found.toDoubles()).containsExactly(expected(order(nested)), within(1e-9));
        assertThat(Array.of(Compiled.of(f).apply(X)).toDoubles())
                .containsExactly(expected(order(nested)), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyPairComposes(List<Nested> nested) {
        check(nested);
    }

    @ParameterizedTest
    @MethodSource("triples")
    void triplesCompose(List<Nested> nested) {
        check(nested);
    }
}
