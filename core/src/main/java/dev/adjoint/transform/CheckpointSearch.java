package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.tensor.InvalidArgument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Looks for the schedule that computes least again within a budget: the calls in order, cut into segments that keep about
/// equally much, of which the last ones may stay as they are.
final class CheckpointSearch {
    private final Graph graph;
    private final List<Call> calls;

    /// What reverse mode keeps of the results of each call.
    private final Map<Call, Long> kept = new HashMap<>();

    CheckpointSearch(Graph graph) {
        this.graph = graph;
        this.calls = List.copyOf(new LinkedHashSet<>(graph.calls().stream()
                .filter(v -> !v.inputs().isEmpty())
                .map(Value::call)
                .toList()));
        KeptForBackward.of(graph).forEach(k -> kept.merge(k.value().call(), k.bytes(), Long::sum));
    }

    /// A schedule and what it costs.
    ///
    /// @param graph the graph with segments computed again
    /// @param bytes kept from the forward pass, and while the largest segment is computed again
    /// @param repeated how many calls are computed again
    private record Schedule(Graph graph, long bytes, long repeated) {
        static Schedule of(Graph graph) {
            long inside = 0;
            long repeated = 0;
            for (Value value : graph.calls()) {
                if (value.op() instanceof Recompute segment && value.index() == 0) {
                    Graph body = (Graph) segment.body();
                    inside = Math.max(inside, KeptForBackward.bytes(KeptForBackward.of(body)));
                    repeated += body.calls().size();
                }
            }
            return new Schedule(graph, KeptForBackward.bytes(KeptForBackward.of(graph)) + inside, repeated);
        }

        boolean isBetterThan(Schedule other) {
            return repeated < other.repeated || (repeated == other.repeated && bytes < other.bytes);
        }
    }

    /// @throws InvalidArgument if no schedule fits
    Graph within(long budget) {
        Schedule plain = Schedule.of(graph);
        if (plain.bytes <= budget) {
            return graph;
        }
        Schedule smallest = plain;
        Optional<Schedule> best = Optional.empty();
        for (int segments = 1; segments <= calls.size(); segments += Math.max(1, segments / 3)) {
            List<List<Call>> cut = cut(segments);
            // The more of the last segments stay as they are, the less is computed again, and the more is kept.
            for (int untouched = cut.size() - 1; untouched >= 0; untouched--) {
                Schedule schedule = Schedule.of(Segments.recomputed(graph, cut.subList(0, cut.size() - untouched)));
                smallest = schedule.bytes < smallest.bytes ? schedule : smallest;
                if (schedule.bytes <= budget) {
                    best = best.filter(b -> !schedule.isBetterThan(b)).or(() -> Optional.of(schedule));
                    break;
                }
            }
        }
        long least = smallest.bytes;
        return best.orElseThrow(() -> new InvalidArgument("checkpoint within " + budget
                        + " bytes: no schedule fits; the smallest that was found keeps " + least + " bytes, and without"
                        + " recomputation it is " + plain.bytes))
                .graph;
    }

    /// The calls in order, in so many segments that keep about equally much.
    private List<List<Call>> cut(int segments) {
        double total = kept.values().stream().mapToLong(bytes -> bytes).sum();
        List<List<Call>> cut = new ArrayList<>();
        IntStream.range(0, segments).forEach(_ -> cut.add(new ArrayList<>()));
        double before = 0;
        for (Call call : calls) {
            long own = kept.getOrDefault(call, 0L);
            int segment = total == 0 ? 0 : (int) (segments * (before + own / 2.0) / total);
            cut.get(Math.min(segment, segments - 1)).add(call);
            before += own;
        }
        cut.removeIf(List::isEmpty);
        return cut;
    }
}
