package dev.adjoint.bench;

import dev.adjoint.run.Kernels;
import java.util.Optional;
import java.util.stream.Stream;

/// A training that can be run by its name: a [Workload] that is timed, or a [Miniature] of which tests run many steps.
public sealed interface Trained permits Workload, Miniature {
    /// The name on the command line.
    String label();

    /// A training that has not begun.
    Training<?, ?> training(Kernels kernels);

    /// The one of this name.
    static Optional<Trained> named(String label) {
        return Stream.<Trained>concat(Stream.of(Workload.values()), Stream.of(Miniature.values()))
                .filter(trained -> trained.label().equals(label))
                .findFirst();
    }
}
