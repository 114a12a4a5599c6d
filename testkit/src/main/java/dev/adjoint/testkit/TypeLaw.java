package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Expand;
import dev.adjoint.transform.Jvp;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.List;

/// Inference tells the truth.
final class TypeLaw {
    private TypeLaw() {}

    static void check(LawCase at) {
        Samples.typed(at.sample()).forEach(sample -> checkTyped(at.at(sample)));
    }

    private static void checkTyped(LawCase at) {
        Graph graph = Samples.graph(at.sample());
        List<TensorType> inferred = graph.outputTypes();
        List<Array> operands = new Draw(at.key()).operands(at.sample());
        equal("eager results", types(eager(at.sample(), operands)), inferred);
        equal(
                "compiled results",
                types(Executable.compile(graph, Kernels.reference()).run(operands)),
                inferred);
        equal("the expansion", Expand.all().apply(graph).outputTypes(), inferred);
        if (Samples.refusesDerivatives(at.sample())) {
            return;
        }
        equal("values and tangents", new Jvp().apply(graph).outputTypes(), join(inferred, Probe.floating(inferred)));
        if (at.sample().op().withoutReverse().isEmpty()) {
            equal(
                    "values and gradients",
                    new Vjp().apply(graph).outputTypes(),
                    join(inferred, Probe.floating(at.sample().types())));
        }
    }

    static List<Tensor> eager(Sample sample, List<Array> operands) {
        Tensor algebra = operands.isEmpty() ? Array.zeros(DType.F32) : operands.getFirst();
        return algebra.apply(sample.op(), operands);
    }

    private static List<TensorType> types(List<? extends Tensor> tensors) {
        return tensors.stream().map(Tensor::type).toList();
    }

    private static List<TensorType> join(List<TensorType> first, List<TensorType> second) {
        List<TensorType> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static void equal(String what, List<TensorType> found, List<TensorType> expected) {
        if (!found.equals(expected)) {
            throw new AssertionError(what + " are of type " + found + ", inferred was " + expected);
        }
    }
}
