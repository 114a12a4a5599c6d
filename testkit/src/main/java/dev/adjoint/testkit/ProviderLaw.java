package dev.adjoint.testkit;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.FactorizationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// All kernels mean the same.
final class ProviderLaw {
    private static final int SPECIAL_TRIALS = 4;

    /// Operands of so many elements are small.
    private static final double FEW_TERMS = 64;

    private ProviderLaw() {}

    static void values(LawCase at) {
        for (Sample sample : Samples.typed(at.sample())) {
            agree(at.at(sample), new Draw(at.key()).operands(sample));
            agreeOrRefuse(at.at(sample), new Draw(at.key()).tiedOperands(sample));
        }
    }

    /// Where the loops of kernels run over whole registers and blocks, and over what is left behind them.
    static void largerOperands(LawCase at) {
        for (Sample sample : Samples.grown(at.sample())) {
            agreeOrRefuse(at.at(sample), new Draw(at.key()).operands(sample));
        }
    }

    /// The errors of n sums point in different directions, so that they grow like √n once there are many.
    private static double errors(List<Array> operands) {
        double terms = operands.stream().mapToDouble(x -> x.elements().count()).sum();
        return Math.sqrt(Math.max(1, terms / FEW_TERMS));
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
        Condition condition = Condition.at(reference, operands, at.key()).times(errors(operands));
        for (KernelProvider provider : at.kernels().providers()) {
            kernelResults(provider, at, operands)
                    .ifPresent(found -> condition.check(at, found, "provider " + provider.name()));
        }
        condition.check(at, Executable.compile(graph, at.kernels()).run(operands), "compiled");
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
}
