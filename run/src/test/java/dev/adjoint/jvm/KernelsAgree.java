package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs one operator by the kernels of this package and by the reference, and compares.
///
/// @param op the operator
/// @param operands what it is applied to
record KernelsAgree(Op op, List<Array> operands) {
    static final long SEED = 20250301;

    /// Operands drawn uniformly; every one of them comes from the seed and its place.
    static KernelsAgree on(Op op, double low, double high, TensorType... types) {
        List<Array> operands = new ArrayList<>();
        for (TensorType type : types) {
            operands.add(uniform(type, low, high, operands.size()));
        }
        return new KernelsAgree(op, operands);
    }

    static Array uniform(TensorType type, double low, double high, long place) {
        Key key = Key.of(SEED).fold(place);
        Elements elements = Elements.allocate(type.dtype(), type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            double drawn = low + (high - low) * key.uniform(i);
            elements.set(i, type.dtype() == DType.BOOL ? (drawn >= (low + high) / 2 ? 1 : 0) : drawn);
        }
        return Array.of(type, elements);
    }

    /// An operand of a sample, in another element type.
    static Array uniform(Sample.Operand operand, TensorType type, long place) {
        Array plain = uniform(type, operand.low(), operand.high(), place);
        Elements elements = Elements.allocate(type.dtype(), plain.elements().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, plain.elements().get(i) + operand.structure().at(type.shape(), i));
        }
        return Array.of(type, elements);
    }

    /// Whether this package has a kernel for the operator on these types.
    boolean isFast() {
        return kernel(Workers.of(1)).isPresent();
    }

    private Optional<Kernel> kernel(Workers workers) {
        return new JvmKernels().kernel(Cluster.of(op, types()), workers);
    }

    private List<TensorType> types() {
        return operands.stream().map(Array::type).toList();
    }

    /// The (first) result of this package's kernel.
    Array fast(Workers workers) {
        Cluster cluster = Cluster.of(op, types());
        Elements[] out = cluster.outputTypes().stream()
                .map(type -> Elements.allocate(type.dtype(), type.shape().count()))
                .toArray(Elements[]::new);
        Elements[] inputs = operands.stream().map(Array::elements).toArray(Elements[]::new);
        kernel(workers)
                .orElseThrow(() -> new AssertionError("no kernel for " + this))
                .run(inputs, out);
        return Array.of(cluster.outputTypes().getFirst(), out[0]);
    }

    /// The result of the reference kernels; composites by their expansion.
    Array reference() {
        List<Value> inputs =
                types().stream().map(type -> Value.input("x", type)).toList();
        Graph graph = new Graph(inputs, Value.call(op, inputs));
        return Executable.compile(graph, Kernels.reference()).run(operands).getFirst();
    }

    /// Same bits as the reference, and for any number of threads.
    void exactly() {
        Array fast = fast(Workers.of(1));
        assertThat(fast).as("%s, seed %d", this, SEED).isEqualTo(reference());
        assertSameOnAllThreads(fast);
    }

    /// Within a relative error of the scale of the reference's largest finite element (at least 1), NaN and infinities at
    /// the same places; same bits for any number of threads.
    void within(double tolerance) {
        Array fast = fast(Workers.of(1));
        Array reference = reference();
        assertThat(fast.type()).isEqualTo(reference.type());
        double scale = 1;
        for (double x : reference.toDoubles()) {
            scale = Double.isFinite(x) ? Math.max(scale, Math.abs(x)) : scale;
        }
        double[] given = fast.toDoubles();
        double[] wanted = reference.toDoubles();
        for (int i = 0; i < wanted.length; i++) {
            boolean same =
                    Double.compare(given[i], wanted[i]) == 0 || Math.abs(given[i] - wanted[i]) <= tolerance * scale;
            assertThat(same)
                    .as("%s, seed %d: element %d is %s, the reference has %s", this, SEED, i, given[i], wanted[i])
                    .isTrue();
        }
        assertSameOnAllThreads(fast);
    }

    private void assertSameOnAllThreads(Array onOne) {
        assertThat(fast(Workers.all())).as("%s on all threads", this).isEqualTo(onOne);
    }

    @Override
    public String toString() {
        return op + " on " + types();
    }
}
