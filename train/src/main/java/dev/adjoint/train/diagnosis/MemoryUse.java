package dev.adjoint.train.diagnosis;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.train.Evaluation;
import dev.adjoint.train.TrainStep;
import dev.adjoint.transform.KeptForBackward;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The memory of a training step beside that of a prediction, by layer and by batch size, and the largest batch that fits.
///
/// Nothing is run: steps are compiled for one example, for the batch, and for twice the batch. A straight line through the
/// last two tells how large a batch may be; a step is compiled for that size to see whether it is true, and again for a smaller
/// one if it is not.
///
/// @param available how many bytes there are
public record MemoryUse(long available) implements Check {
    private static final double COMFORTABLE = 0.8;
    private static final int LARGEST = 1 << 20;
    private static final int ATTEMPTS = 4;

    public MemoryUse {
        if (available < 1) {
            throw new InvalidArgument("the memory must be at least one byte, not " + available);
        }
    }

    /// With the memory that this Java machine may take.
    public static MemoryUse ofThisMachine() {
        return new MemoryUse(Runtime.getRuntime().maxMemory());
    }

    @Override
    public <M, B> Result run(Subject<M, B> subject) {
        long size = Examples.count(subject.batch());
        List<Layer> layers = layers(subject);
        Sizes<M, B> sizes = new Sizes<>(subject);
        sizes.at(size);
        try {
            sizes.at(1);
            sizes.at(2 * size);
            return new Result(available, layers, sizes.all(), size, Optional.of(largest(sizes, size)));
        } catch (AdjointException fixed) {
            return new Result(available, layers, sizes.all(), size, Optional.empty());
        }
    }

    /// The largest batch whose training step fits, or 0.
    private long largest(Sizes<?, ?> sizes, long size) {
        long low = size;
        long high = 2 * size;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Size a = sizes.at(low);
            Size b = sizes.at(high);
            double slope = (double) (b.training - a.training) / (high - low);
            double fixed = a.training - slope * low;
            double most = Math.min(Math.min(LARGEST, sizes.mostIndexable()), (available - fixed) / slope);
            long guess = (long) Math.max(0, most);
            if (guess < 1 || sizes.at(guess).training <= available) {
                return guess;
            }
            low = guess == high ? low : high;
            high = guess;
        }
        return 1;
    }

    /// Memory by batch size, as far as it was asked for.
    private static final class Sizes<M, B> {
        private final Subject<M, B> subject;
        private final SequencedMap<Long, Size> known = new TreeMap<>();
        private long perExample = 1;

        Sizes(Subject<M, B> subject) {
            this.subject = subject;
        }

        Size at(long size) {
            Size before = known.get(size);
            Size now = before == null ? measured(size) : before;
            known.put(size, now);
            return now;
        }

        private Size measured(long size) {
            B batch = Examples.typed(subject.batch(), size);
            Graph step = Trace.of(new TrainStep.Argument<>(subject.start(), batch), subject.step())
                    .graph();
            Graph forward = Trace.of(
                            new Evaluation.Argument<>(subject.model(), batch),
                            a -> subject.evaluated(a.model(), a.batch()))
                    .graph();
            perExample = Math.max(perExample, Math.ceilDiv(largestValue(step), size));
            return new Size(size, peak(forward), peak(step));
        }

        private static long largestValue(Graph graph) {
            return graph.values().stream()
                    .mapToLong(v -> v.shape().count())
                    .max()
                    .orElse(1);
        }

        private static long peak(Graph graph) {
            return Executable.compile(graph).plan().peakBytes();
        }

        /// For more examples a value would have more elements than an array can hold.
        int mostIndexable() {
            return (int) (Integer.MAX_VALUE / perExample);
        }

        List<Size> all() {
            return List.copyOf(known.values());
        }
    }

    private static List<Layer> layers(Subject<?, ?> subject) {
        LayerGraph graph = LayerGraph.of(subject);
        Map<String, long[]> bytes = new LinkedHashMap<>();
        graph.layers().forEach(layer -> {
            long weights = layer.weights().stream()
                    .mapToLong(i -> graph.graph().inputs().get(i).type().bytes())
                    .sum();
            bytes.put(layer.name(), new long[] {weights, 0, 0});
        });
        graph.graph().calls().forEach(value -> {
            long[] sums = bytes.computeIfAbsent(graph.layerOf(value), _ -> new long[3]);
            sums[1] = Math.max(sums[1], value.type().bytes());
        });
        KeptForBackward.of(graph.graph()).forEach(kept -> {
            long[] sums = bytes.computeIfAbsent(graph.layerOf(kept.value()), _ -> new long[3]);
            sums[2] += kept.bytes();
        });
        List<Layer> layers = new ArrayList<>();
        bytes.forEach((name, sums) -> layers.add(new Layer(name, sums[0], sums[1], sums[2])));
        return layers;
    }

    /// A layer, with what follows it up to the next.
    ///
    /// @param name the common part of the paths of its weights
    /// @param weights the bytes of its weights
    /// @param largest the bytes of its largest value, which a prediction holds at some time
    /// @param kept the bytes that it keeps for the backward pass of training
    public record Layer(String name, long weights, long largest, long kept) {}

    /// A batch size with the bytes that a prediction and a training step hold at most.
    public record Size(long examples, long prediction, long training) {}

    /// What was found.
    ///
    /// @param available how many bytes there are
    /// @param layers every layer, for the subject's batch
    /// @param sizes the sizes that were compiled
    /// @param batch the size of the subject's batch
    /// @param largest the largest batch that fits; nothing if the objective does not take other batch sizes
    public record Result(long available, List<Layer> layers, List<Size> sizes, long batch, Optional<Long> largest)
            implements CheckResult {
        public Result {
            layers = List.copyOf(layers);
            sizes = List.copyOf(sizes);
        }

        /// The size of the subject's batch.
        private Size own() {
            return sizes.stream()
                    .filter(size -> size.examples == batch)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String check() {
            return "memory";
        }

        @Override
        public Verdict verdict() {
            double share = (double) own().training / available;
            return share > 1 ? Verdict.BROKEN : share > COMFORTABLE ? Verdict.WORTH_A_LOOK : Verdict.FINE;
        }

        @Override
        public String summary() {
            return "a training step of " + batch + " examples takes " + Wording.bytes(own().training)
                    + ", a prediction "
                    + Wording.bytes(own().prediction) + ", of " + Wording.bytes(available)
                    + largest.map(n -> "; the largest batch that fits has " + n + " examples")
                            .orElse("; the objective takes no other batch size");
        }

        @Override
        public List<String> advice() {
            return verdict() == Verdict.FINE
                    ? List.of()
                    : List.of(
                            "smaller batches, with gradients accumulated over some (Accumulate)",
                            "checkpoints: CustomRules.checkpoint around the layers that keep most",
                            "more memory for Java (-Xmx)");
        }

        @Override
        public List<Figures> figures() {
            Figures byLayer = new Figures(
                    "layers",
                    List.of("layer", "weights", "largest value", "kept for backward"),
                    layers.stream()
                            .map(l -> List.<Figure>of(
                                    new Figure.Word(l.name),
                                    new Figure.Bytes(l.weights),
                                    new Figure.Bytes(l.largest),
                                    new Figure.Bytes(l.kept)))
                            .toList());
            Figures bySize = new Figures(
                    "batches",
                    List.of("examples", "prediction", "training"),
                    sizes.stream()
                            .map(s -> List.<Figure>of(
                                    new Figure.Count(s.examples),
                                    new Figure.Bytes(s.prediction),
                                    new Figure.Bytes(s.training)))
                            .toList());
            return List.of(byLayer, bySize);
        }
    }
}
