package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Catalog;
import dev.adjoint.op.Control;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Sample.Operand;
import dev.adjoint.op.Source;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.transform.ControlSamples;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What the laws make of samples: graphs, points, and the same sample in other element types.
final class Samples {
    /// By how much one extent grows.
    private static final long LONGER = 35;

    /// More elements than that take the reference too long.
    private static final long LARGEST = 20_000;

    /// By how much all extents grow.
    private static final long LONG = 9;

    private Samples() {}

    /// The graph of the single call.
    static Graph graph(Sample sample) {
        List<Value> inputs = new ArrayList<>();
        sample.types().forEach(type -> inputs.add(Value.input("x", type)));
        return new Graph(inputs, Value.call(sample.op(), inputs, Origin.UNKNOWN));
    }

    /// The call at operands drawn with a key. An operand whose range is a single number does not move.
    static Probe probe(Sample sample, Key key) {
        return probe(sample, new Draw(key).operands(sample));
    }

    /// The call at given operands.
    static Probe probe(Sample sample, List<Array> operands) {
        List<Boolean> moving = sample.operands().stream()
                .map(o -> o.type().dtype().isFloating() && o.low() < o.high())
                .toList();
        return new Probe(graph(sample), operands, moving);
    }

    /// Whether the operator claims a derivative and the sample's types let it show.
    static boolean isDifferentiable(Sample sample, Key key) {
        return sample.op().withoutDerivative().isEmpty() && probe(sample, key).isDifferentiable();
    }

    /// Whether there are floating operands that random numbers depend on: no graph of derivatives exists.
    static boolean refusesDerivatives(Sample sample) {
        return sample.op() instanceof Source
                && sample.types().stream().anyMatch(t -> t.dtype().isFloating())
                && sample.op().infer(sample.types()).stream()
                        .anyMatch(t -> t.dtype().isFloating());
    }

    /// The sample in every element type that the operator takes: float64 replaced by each other type, 64-bit indices by
    /// 32-bit ones.
    static List<Sample> typed(Sample sample) {
        Set<Sample> variants = new LinkedHashSet<>(List.of(sample));
        for (DType dtype : DType.values()) {
            variants.add(map(sample, o -> retyped(o, DType.F64, dtype)));
        }
        variants.add(map(sample, o -> retyped(o, DType.I64, DType.I32)));
        return variants.stream().filter(Samples::isAccepted).toList();
    }

    /// The sample in every floating type that rounds to fewer digits than float64 and that the operator takes.
    static List<Sample> rounded(Sample sample) {
        return Stream.of(DType.F32, DType.BF16, DType.F16)
                .map(dtype -> map(sample, o -> retyped(o, DType.F64, dtype)))
                .filter(narrow -> !narrow.equals(sample) && isAccepted(narrow))
                .toList();
    }

    /// The sample, and the same in float32 if the operator takes it.
    static List<Sample> inBothPrecisions(Sample sample) {
        Sample narrow = map(sample, o -> retyped(o, DType.F64, DType.F32));
        return Stream.of(sample, narrow).distinct().filter(Samples::isAccepted).toList();
    }

    /// The sample with larger operands, in both precisions: longer than the registers of a processor, and no multiple of them.
    static List<Sample> grown(Sample sample) {
        Extents extents = Extents.of(sample);
        Set<Sample> grown = extents.together(extent -> extent + LONGER);
        grown.add(extents.where(extent -> extent > 1, extent -> extent + LONG));
        return grown.stream()
                .filter(larger -> !larger.equals(sample) && elements(larger) <= LARGEST)
                .flatMap(larger -> inBothPrecisions(larger).stream())
                .toList();
    }

    private static long elements(Sample sample) {
        return sample.types().stream().mapToLong(type -> type.shape().count()).sum();
    }

    private static Sample map(Sample sample, UnaryOperator<Operand> change) {
        return new Sample(sample.op(), sample.operands().stream().map(change).toList());
    }

    private static Operand retyped(Operand operand, DType from, DType to) {
        boolean applies = operand.type().dtype() == from && operand.high() < Integer.MAX_VALUE;
        return applies
                ? new Operand(operand.type().withDtype(to), operand.low(), operand.high(), operand.structure())
                : operand;
    }

    static boolean isAccepted(Sample sample) {
        try {
            return !sample.op().infer(sample.types()).isEmpty();
        } catch (AdjointException e) {
            return false;
        }
    }

    /// What an operator class states, or what stands for operators whose bodies are graphs.
    static List<Sample> stated(Class<? extends Op> op) {
        return Control.class.isAssignableFrom(op) ? ControlSamples.of(op) : Catalog.samples(op);
    }

    /// Whether reverse mode exists too.
    static boolean isReversible(Sample sample, Key key) {
        return isDifferentiable(sample, key) && sample.op().withoutReverse().isEmpty();
    }

    /// The samples of an operator class.
    ///
    /// @throws AssertionError if it has none
    static List<Sample> of(Class<? extends Op> op) {
        List<Sample> samples = stated(op);
        if (samples.isEmpty()) {
            throw new AssertionError(Catalog.name(op) + " states no samples, so no law can be tested");
        }
        return samples;
    }
}
