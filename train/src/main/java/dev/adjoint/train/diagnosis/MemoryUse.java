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
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// The memory of a training step beside that of a prediction, by layer and by batch size, and the largest batch that fits.
///
/// Nothing is run: steps are compiled for one example, for the batch, and for twice the batch. A straight line through the
/// last two tells how large a batch may be; a step is compiled for that size to see whether it is true, and again for a smaller
/// one if it is not.
///
/// @param available how many bytes there are
public record MemoryUse(long available) implements Check {
    private static final double COMFORTABLE = 0.8;
    private static final int ATTEMPTS = 4;

    /// Less is a number or two.
    private static final long INPUT_BYTES = 64;

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
            long guess = Math.min(
                    reached(sizes, low, high, new Limit(Size::training, available)),
                    reached(sizes, low, high, new Limit(Size::elements, Integer.MAX_VALUE)));
            if (guess < 1) {
                return 0;
            }
            Size there = sizes.at(guess);
            if (there.training <= available && there.elements <= Integer.MAX_VALUE) {
                return guess;
            }
            low = guess == high ? low : high;
            high = guess;
        }
        return 1;
    }

    /// What must not be exceeded.
    private record Limit(ToLongFunction<Size> figure, long most) {}

    /// The size at which the straight line through two others reaches a limit.
    private static long reached(Sizes<?, ?> sizes, long low, long high, Limit limit) {
        long left = limit.figure.applyAsLong(sizes.at(low));
        long right = limit.figure.applyAsLong(sizes.at(high));
        double slope = (double) (right - left) / (high - low);
        double fixed = left - slope * low;
        return slope <= 0 ? Integer.MAX_VALUE : (long) Math.min(Integer.MAX_VALUE, (limit.most - fixed) / slope);
    }

    /// Memory by batch size, as far as it was asked for.
    private static final class Sizes<M, B> {
        private final Subject<M, B> subject;
        private final SequencedMap<Long, Size> known = new TreeMap<>();

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
            return new Size(size, peak(forward), peak(step), largestValue(step));
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

        List<Size> all() {
            return List.copyOf(known.values());
        }
    }

    private static List<Layer> layers(Subject<?, ?> subject) {
        LayerGraph graph = LayerGraph.of(subject);
        Map<String, long[]> bytes = new LinkedHashMap<>(Map.of(LayerGraph.INPUT, new long[3]));
        graph.layers().forEach(layer -> {
            long weights = layer.weights().stream()
                    .mapToLong(i -> graph.graph().inputs().get(i).type().bytes())
                    .sum();
            bytes.put(layer.name(), new long[] {weights, 0, 0});
        });
        graph.graph().calls().forEach(value -> {
            long[] sums = Objects.requireNonNull(bytes.get(graph.layerOf(value)));
            sums[1] = Math.max(sums[1], value.type().bytes());
        });
        KeptForBackward.of(graph.graph()).forEach(kept -> {
            long[] sums = Objects.requireNonNull(bytes.get(graph.layerOf(kept.value())));
            sums[2] += kept.bytes();
        });
        List<Layer> layers = new ArrayList<>();
        bytes.forEach((name, sums) -> layers.add(new Layer(name, sums[0], sums[1], sums[2])));
        // Numbers that no layer made: random keys, constants; worth a line only if the batch is worked on before.
        boolean isWorkedOn = layers.getFirst().largest >= INPUT_BYTES;
        return isWorkedOn ? layers : layers.subList(1, layers.size());
    }

    /// A layer, with what follows it up to the next.
    ///
    /// @param name the common part of the paths of its weights
    /// @param weights the bytes of its weights
    /// @param largest the bytes of its largest value, which a prediction holds at some time
    /// @param kept the bytes that it keeps for the backward pass of training
    public record Layer(String name, long weights, long largest, long kept) {}

    /// What a batch size takes.
    ///
    /// @param examples the size
    /// @param prediction the bytes that a prediction holds at most
    /// @param training the bytes that a training step holds at most
    /// @param elements the elements of the largest tensor in it, of which an array can hold 2³¹ − 1
    public record Size(long examples, long prediction, long training, long elements) {}

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
                    + Wording.bytes(own().prediction) + "; Java may take " + Wording.bytes(available)
                    + largest.map(n -> ", enough for batches of " + n + " examples")
                            .orElse(", and the objective takes no other batch size");
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
