package dev.adjoint.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.jvm.JvmKernels;
import dev.adjoint.op.composite.LayerNormGradient;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Vjp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Layer normalisation and its reverse rule in float32 by both fast providers, against the expansions in float64.
class LayerNormGradientTest {
    private static final double EPSILON = 1e-5;
    private static final long SEED = 20261121;
    private static final float INF = Float.POSITIVE_INFINITY;

    /// Whose kernels compute.
    enum Provider {
        ONEDNN {
            @Override
            Kernels kernels(int threads) {
                return Kernels.installed(Workers.of(threads));
            }
        },
        JVM {
            @Override
            Kernels kernels(int threads) {
                return new Kernels(
                        List.of(
                                new JvmKernels(),
                                Kernels.reference().providers().getFirst()),
                        Workers.of(threads));
            }
        };

        abstract Kernels kernels(int threads);
    }

    private static Array normal(long place, long... dims) {
        return Array.of(Array.key(Key.of(SEED).fold(place)).normal(TensorType.of(DType.F32, dims)));
    }

    /// Rows, weights and cotangents.
    private static List<Array> operands(long rows, long length) {
        return List.of(normal(0, rows, length), normal(1, length), normal(2, rows, length));
    }

    private static List<Array> with(List<Array> operands, int operand, Tensor x) {
        return IntStream.range(0, operands.size())
                .mapToObj(i -> i == operand ? Array.of(x) : operands.get(i))
                .toList();
    }

    /// The result of the normalisation without a bias, and the cotangents of rows, weight and bias.
    private static List<Array> run(List<Array> operands, Kernels kernels) {
        Value x = Value.input("x", operands.get(0).type());
        Value weight = Value.input("weight", operands.get(1).type());
        Value bias = Value.input("bias", operands.get(1).type());
        Tensor y = x.layerNorm(weight, bias, EPSILON);
        Graph graph = new Vjp().apply(new Graph(List.of(x, weight, bias), List.of(Value.of(y))));
        Array zeros = Array.of(operands.get(1).zerosLike());
        List<Array> arguments = List.of(operands.get(0), operands.get(1), zeros, operands.get(2));
        return Executable.compile(graph, kernels).run(arguments);
    }

    private static List<Array> rootMeanSquares(List<Array> operands, Kernels kernels) {
        Value x = Value.input("x", operands.get(0).type());
        Value weight = Value.input("weight", operands.get(1).type());
        Graph graph = new Graph(List.of(x, weight), List.of(Value.of(x.rmsNorm(weight, EPSILON))));
        return Executable.compile(graph, kernels).run(operands.subList(0, 2));
    }

    private static List<Array> wide(List<Array> operands) {
        return operands.stream().map(x -> Array.of(x.to(DType.F64))).toList();
    }

    private static double largest(double[] x) {
        return Arrays.stream(x).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    }

    /// Every result within a part of its largest number, and not finite where the truth is not.
    private static void agrees(List<Array> operands, Provider provider, double tolerance) {
        agree(run(operands, provider.kernels(2)), run(wide(operands), Kernels.reference()), tolerance);
    }

    private static void agree(List<Array> found, List<Array> expected, double tolerance) {
        for (int r = 0; r < expected.size(); r++) {
            double[] y = found.get(r).toDoubles();
            double[] z = expected.get(r).toDoubles();
            double allowed = tolerance * largest(z);
            int wrong = IntStream.range(0, z.length)
                    .filter(i -> Double.isFinite(z[i]) ? !(Math.abs(y[i] - z[i]) <= allowed) : Double.isFinite(y[i]))
                    .findFirst()
                    .orElse(-1);
            assertThat(wrong)
                    .as("result %d, %s: where it is wrong", r, found.get(r).type())
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithTheExpansionInDouble(Provider provider) {
        for (long length : new long[] {64, 65, 127, 128, 200, 256, 300, 513, 1000}) {
            agrees(operands(16, length), provider, 2e-6);
            agrees(operands(157, length), provider, 2e-6);
        }
        agrees(operands(1, 5000), provider, 2e-6);
        agrees(operands(5000, 70), provider, 2e-6);
    }

    @ParameterizedTest
    @EnumSource
    void rootMeanSquaresAgreeWithTheExpansionInDouble(Provider provider) {
        for (long length : new long[] {10, 64, 65, 200, 256, 1000}) {
            List<Array> operands = operands(157, length);
            List<Array> expected = rootMeanSquares(wide(operands), Kernels.reference());
            agree(rootMeanSquares(operands, provider.kernels(2)), expected, 2e-6);
            List<Array> shifted = with(operands, 0, operands.getFirst().add(Array.of(1000f)));
            List<Array> found = rootMeanSquares(shifted, provider.kernels(2));
            agree(found, rootMeanSquares(wide(shifted), Kernels.reference()), 1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shortRowsAndNoRowsAreLeftToOthers(Provider provider) {
        agrees(operands(100, 10), provider, 2e-6);
        agrees(operands(0, 64), provider, 0);
        agrees(operands(3, 1), provider, 2e-6);
    }

    @ParameterizedTest
    @EnumSource
    void aLargeMeanCostsTheRoundingOfTheMeanAlone(Provider provider) {
        for (long length : new long[] {64, 300, 1000}) {
            List<Array> near = operands(50, length);
            // A float near 1000 is off by 3e-5, that of a deviation of 1; its mean by some of these.
            agrees(with(near, 0, near.getFirst().add(Array.of(1000f))), provider, 2e-4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void constantRowsHaveTheCotangentsLessTheirMean(Provider provider) {
        List<Array> operands = operands(40, 130);
        agrees(with(operands, 0, Array.of(0.1f).broadcastTo(operands.getFirst().shape())), provider, 1e-4);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotFiniteSpreadsAsInTheExpansion(Provider provider) {
        for (float special : new float[] {Float.NaN, INF, -INF}) {
            for (int operand = 0; operand < 3; operand++) {
                List<Array> operands = operands(40, 70);
                float[] numbers = operands.get(operand).toFloats();
                numbers[Math.min(numbers.length - 1, 333)] = special;
                Array replaced =
                        Array.of(Array.of(numbers).reshape(operands.get(operand).shape()));
                agrees(with(operands, operand, replaced), provider, 1e-5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyNumberOfThreadsGivesTheSameBits(Provider provider) {
        for (List<Array> operands : List.of(operands(3000, 100), operands(2048, 256), operands(70, 7000))) {
            List<Array> one = run(operands, provider.kernels(1));
            List<Array> two = run(operands, provider.kernels(2));
            for (int i = 0; i < one.size(); i++) {
                assertThat(two.get(i).toFloats()).isEqualTo(one.get(i).toFloats());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreOverTheAxesOfTheWeight(Provider provider) {
        List<Array> operands = List.of(normal(0, 5, 6, 8, 20), normal(1, 8, 20), normal(2, 5, 6, 8, 20));
        agrees(operands, provider, 2e-6);
    }

    @ParameterizedTest
    @EnumSource
    void aTrainingStepKeepsItWhole(Provider provider) {
        List<TensorType> types = operands(30, 64).stream().map(Array::type).toList();
        Cluster cluster = Cluster.of(new LayerNormGradient(EPSILON), types);
        assertThat(provider.kernels(1).find(cluster)).isPresent();
    }
}
