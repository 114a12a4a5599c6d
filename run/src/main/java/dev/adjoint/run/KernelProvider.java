package dev.adjoint.run;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import java.util.Optional;

/// A source of kernels. Providers are asked in order of [#priority]; who has no kernel for a cluster declines.
public interface KernelProvider {
    /// The name in messages and reports.
    String name();

    /// Higher is asked first; the reference stands at 0.
    int priority();

    /// A kernel for exactly these operators and types, or nothing: not mine, ask the next.
    Optional<Kernel> kernel(Cluster cluster, Workers workers);

    /// One method for a whole graph whose tensors are one number each, or nothing: not mine, ask the next.
    ///
    /// @param graph without composites
    default Optional<NumericFunction> numeric(Graph graph) {
        return Optional.empty();
    }
}
