package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Workers;
import java.util.Optional;

/// The fast kernels that need nothing but the JVM.
public final class JvmKernels implements KernelProvider {
    /// Holds nothing; made by the service loader.
    public JvmKernels() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Optional<Kernel> kernel(Cluster cluster, Workers workers) {
        return Optional.empty();
    }
}
