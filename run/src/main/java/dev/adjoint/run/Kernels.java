package dev.adjoint.run;

import dev.adjoint.compile.Cluster;
import dev.adjoint.compile.Compile;
import dev.adjoint.graph.Graph;
import dev.adjoint.op.Control;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// Chooses kernels: the first provider that does not decline.
///
/// @param providers in the order in which they are asked
/// @param workers the threads that kernels may use
public record Kernels(List<KernelProvider> providers, Workers workers) {
    private static final Kernels INSTALLED = installed(Workers.all());

    public Kernels {
        providers = List.copyOf(providers);
    }

    /// All providers that are installed, on all processors.
    public static Kernels installed() {
        return INSTALLED;
    }

    /// All providers that are installed, the best first, the reference last.
    public static Kernels installed(Workers workers) {
        Stream<KernelProvider> found = ServiceLoader.load(KernelProvider.class, Kernels.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get);
        List<KernelProvider> ordered = Stream.concat(found, Stream.of(new ReferenceKernels()))
                .sorted(Comparator.comparingInt(KernelProvider::priority).reversed())
                .toList();
        return new Kernels(ordered, workers);
    }

    /// The reference kernels alone: slow, and right by definition.
    public static Kernels reference() {
        return new Kernels(List.of(new ReferenceKernels()), Workers.all());
    }

    /// A kernel for the cluster; empty only for a composite that no provider runs whole.
    public Optional<Kernel> find(Cluster cluster) {
        if (cluster.isSingle() && cluster.op() instanceof Control control) {
            return Optional.of(ControlKernels.of(control, this));
        }
        return providers.stream()
                .flatMap(p -> p.kernel(cluster, workers).stream())
                .findFirst();
    }

    /// One method for a whole graph; empty where some tensor is more than one number, or no provider has such a method.
    Optional<NumericFunction> numeric(Graph graph) {
        Graph simplified = new Compile(_ -> false).simplified(graph);
        return providers.stream().flatMap(p -> p.numeric(simplified).stream()).findFirst();
    }

    /// Whether some provider runs the cluster as it stands.
    boolean runs(Cluster cluster) {
        return find(cluster).isPresent();
    }
}
