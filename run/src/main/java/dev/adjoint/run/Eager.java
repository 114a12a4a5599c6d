package dev.adjoint.run;

import dev.adjoint.compile.Cluster;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Contraction;
import dev.adjoint.op.Control;
import dev.adjoint.op.CustomOp;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Indexing;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Op;
import dev.adjoint.op.Reduction;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Kernels for single operators that run at once, by operator and types: finding one costs several times what a small
/// operator takes, so the latest [#LIMIT] are remembered.
///
/// Sources, custom operators and those with bodies are not: their attributes may hold numbers, which nobody should keep
/// alive.
final class Eager {
    private static final int LIMIT = 2048;

    /// One for the whole process, beside [Kernels#installed()], whose choices it repeats. It shows in nothing but time.
    static final Eager INSTALLED = new Eager(Kernels.installed());

    /// A kernel, or nothing for a composite that is expanded, and the types of the results.
    record Choice(Optional<Kernel> kernel, List<TensorType> results) {}

    private record Single(Op op, List<TensorType> operands) {}

    private final Kernels kernels;
    private final Map<Single, Choice> choices = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Single, Choice> eldest) {
            return size() > LIMIT;
        }
    };

    private Eager(Kernels kernels) {
        this.kernels = kernels;
    }

    /// The kernel for an operator on operands of these types.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if the shapes break the operator's law
    /// @throws dev.adjoint.tensor.DTypeMismatch if the element types do
    /// @throws dev.adjoint.tensor.InvalidArgument if a result has more elements than a Java array
    Choice of(Op op, List<TensorType> operands) {
        return switch (op) {
            case Source _, CustomOp _, Control _ -> choose(new Single(op, operands));
            case Elementwise _, Reduction _, Contraction _, Movement _, Indexing _, Factorization _, Composite _ ->
                remembered(new Single(op, operands));
        };
    }

    private synchronized Choice remembered(Single single) {
        return choices.computeIfAbsent(single, this::choose);
    }

    private Choice choose(Single single) {
        Cluster cluster = Cluster.of(single.op, single.operands);
        cluster.checkStorage();
        return new Choice(kernels.find(cluster), cluster.outputTypes());
    }
}
