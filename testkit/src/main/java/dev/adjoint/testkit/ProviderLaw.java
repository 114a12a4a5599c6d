package dev.adjoint.testkit;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.Fold;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.FactorizationFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// All kernels mean the same.
final class ProviderLaw {
    private static final int TRIALS = 6;
    private static final int SPECIAL_TRIALS = 4;

    /// By how many units of rounding operands are moved to find out how much of that the results feel.
    private static final double UNITS = 4;

    private ProviderLaw() {}

    static void values(LawCase at) {
        for (Sample sample : Samples.typed(at.sample())) {
            agree(at.at(sample), new Draw(at.key()).operands(sample));
        }
    }

    static void specialValues(LawCase at) {
        for (Sample sample : Samples.typed(at.sample())) {
            for (int trial = 0; trial < SPECIAL_TRIALS; trial++) {
                agreeOrRefuse(at.at(sample), new Draw(at.key().fold(trial)).specialOperands(sample));
            }
        }
    }

    /// What the reference refuses, such as a singular matrix, every provider refuses for the same reason.
    private static void agreeOrRefuse(LawCase at, List<Array> operands) {
        Executable reference = Executable.compile(Samples.graph(at.sample()), Kernels.reference());
        Optional<FactorizationFailure> refusal = refusal(() -> reference.run(operands));
        if (refusal.isEmpty()) {
            agree(at, operands);
            return;
        }
        for (KernelProvider provider : at.kernels().providers()) {
            Optional<FactorizationFailure> other = refusal(() -> kernelResults(provider, at, operands));
            boolean same = other.map(o -> o.reason() == refusal.get().reason()).orElse(false);
            if (hasKernel(provider, at) && !same) {
                throw new AssertionError("provider " + provider.name() + " does not refuse what the reference does: "
                        + refusal.get().getMessage());
            }
        }
    }

    private static boolean hasKernel(KernelProvider provider, LawCase at) {
        Cluster cluster = Cluster.of(at.sample().op(), at.sample().types());
        return provider.kernel(cluster, at.kernels().workers()).isPresent();
    }

    private static Optional<FactorizationFailure> refusal(Supplier<?> computation) {
        try {
            var _ = computation.get();
            return Optional.empty();
        } catch (FactorizationFailure e) {
            return Optional.of(e);
        }
    }

    private static void agree(LawCase at, List<Array> operands) {
        Graph graph = Samples.graph(at.sample());
        Executable reference = Executable.compile(graph, Kernels.reference());
        List<Array> expected = reference.run(operands);
        List<Agreement> bounds = bounds(at, reference, operands, expected);
        for (KernelProvider provider : at.kernels().providers()) {
            kernelResults(provider, at, operands)
                    .ifPresent(found -> check(found, expected, bounds, "provider " + provider.name()));
        }
        List<Array> compiled = Executable.compile(graph, at.kernels()).run(operands);
        check(compiled, expected, bounds, "compiled");
    }

    private static void check(List<Array> found, List<Array> expected, List<Agreement> bounds, String where) {
        for (int i = 0; i < expected.size(); i++) {
            bounds.get(i).check(found.get(i), expected.get(i), where);
        }
    }

    private static Optional<List<Array>> kernelResults(KernelProvider provider, LawCase at, List<Array> operands) {
        Cluster cluster = Cluster.of(at.sample().op(), at.sample().types());
        return provider.kernel(cluster, at.kernels().workers()).map(kernel -> run(kernel, cluster, operands));
    }

    private static List<Array> run(Kernel kernel, Cluster cluster, List<Array> operands) {
        Elements[] inputs = operands.stream().map(Array::elements).toArray(Elements[]::new);
        Elements[] outputs = cluster.outputTypes().stream()
                .map(type -> Elements.allocate(type.dtype(), type.shape().count()))
                .toArray(Elements[]::new);
        kernel.run(inputs, outputs);
        List<Array> results = new ArrayList<>();
        for (int i = 0; i < outputs.length; i++) {
            results.add(Array.of(cluster.outputTypes().get(i), outputs[i]));
        }
        return results;
    }

    /// A few units of rounding, and what the results move by when the operands move by a few: the condition of the
    /// operator, measured where it is tested.
    private static List<Agreement> bounds(
            LawCase at, Executable reference, List<Array> operands, List<Array> expected) {
        boolean exact = at.sample().op() instanceof Movement movement && !(movement instanceof Fold);
        List<double[]> felt = new ArrayList<>();
        expected.forEach(y -> felt.add(new double[y.elements().count()]));
        for (int trial = 0; trial < TRIALS; trial++) {
            List<Array> moved = reference.run(new Draw(at.key().fold(trial)).jittered(operands, UNITS));
            for (int i = 0; i < moved.size(); i++) {
                widen(felt.get(i), moved.get(i), expected.get(i));
            }
        }
        List<Agreement> bounds = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            double[] condition = felt.get(i);
            double few = 8 * Coordinates.epsilon(expected.get(i).dtype());
            bounds.add(new Agreement(element -> exact ? 0 : few + 4 * condition[element]));
        }
        return bounds;
    }

    private static void widen(double[] felt, Array moved, Array expected) {
        double[] x = moved.toDoubles();
        double[] y = expected.toDoubles();
        Arrays.setAll(felt, i -> {
            double distance = Math.abs(x[i] - y[i]) / Math.max(1, Math.abs(y[i]));
            return Double.isFinite(distance) ? Math.max(felt[i], distance) : felt[i];
        });
    }
}
