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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The kernels that define the meaning of every operator: floating types computed in double and rounded once, integers in
/// 64 bits and cut once, one element after the other. Composites mean their expansion.
final class ReferenceKernels implements KernelProvider {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<Kernel> kernel(Cluster cluster, Workers workers) {
        return cluster.isSingle()
                ? kernel(cluster.op(), cluster.inputTypes(), cluster.outputTypes())
                : Optional.empty();
    }

    private static Optional<Kernel> kernel(Op op, List<TensorType> in, List<TensorType> out) {
        return switch (op) {
            case Elementwise elementwise -> Optional.of(new ReferenceElementwise(elementwise, in, out.getFirst()));
            case Reduction reduction -> Optional.of(new ReferenceReduction(reduction, in.getFirst()));
            case Contraction contraction ->
                Optional.of(new ReferenceContraction(contraction.loops(in.get(0), in.get(1))));
            case Movement movement -> Optional.of(new ReferenceMovement(movement.regions(in), movement.fill()));
            case Indexing indexing -> Optional.of((x, y) -> indexing.evaluate(in, Arrays.asList(x), y[0]));
            case Factorization factorization ->
                Optional.of((x, y) -> factorization.evaluate(in, Arrays.asList(x), Arrays.asList(y)));
            case Source source -> Optional.of((x, y) -> source.evaluate(Arrays.asList(x), y[0]));
            case CustomOp custom -> Optional.of((x, y) -> custom.evaluate(in, Arrays.asList(x), Arrays.asList(y)));
            case Composite _, Control _ -> Optional.empty();
        };
    }
}
