package dev.adjoint.compile;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The memory of a plan's intermediate values: slots that are not needed at the same time take turns in a buffer, which is
/// as large as the largest of them. Arguments, constants and results have memory of their own.
///
/// The largest slots get their buffers first, each the smallest that is free while the slot is needed. (Pisarchyk and Lee,
/// "Efficient memory management for deep neural net inference", 2020, call this greedy by size.)
///
/// @param types what each buffer holds
/// @param ofSlot the buffer of each slot that has one
public record Buffers(List<Buffer> types, Map<Integer, Integer> ofSlot) {
    /// The elements of a buffer.
    public record Buffer(DType dtype, long count) {
        long bytes() {
            return count * dtype.bytes();
        }
    }

    /// Where an output of a step may stand in the memory of something that the step is the last to read.
    @FunctionalInterface
    public interface InPlace {
        /// Nowhere.
        InPlace NEVER = (_, _, _) -> false;

        /// Whether a step may write an output to the slot of an input.
        ///
        /// @param step its index
        /// @param slot what it reads
        /// @param output the index of what it writes
        boolean allows(int step, int slot, int output);
    }

    public Buffers {
        types = List.copyOf(types);
        ofSlot = Map.copyOf(ofSlot);
    }

    /// Buffers for a plan's slots.
    public static Buffers of(Plan plan, InPlace inPlace) {
        List<Life> lives = new ArrayList<>(lives(plan));
        lives.sort(Comparator.comparingLong((Life life) -> life.type.bytes()).reversed());
        Sharing sharing = new Sharing(plan, inPlace);
        lives.forEach(sharing::place);
        Map<Integer, Integer> ofSlot = new HashMap<>();
        for (int i = 0; i < sharing.tenants.size(); i++) {
            for (Life life : sharing.tenants.get(i)) {
                ofSlot.put(life.slot, i);
            }
        }
        return new Buffers(
                sharing.tenants.stream().map(lodgers -> lodgers.getFirst().type).toList(), ofSlot);
    }

    /// From when to when a slot is needed.
    ///
    /// @param output which output of its first step it is
    /// @param from the step that writes it
    /// @param to the step that reads it last
    private record Life(int slot, Buffer type, int output, int from, int to) {
        boolean meets(Life that) {
            return from <= that.to && that.from <= to;
        }
    }

    private static List<Life> lives(Plan plan) {
        Set<Integer> results = new HashSet<>(plan.results());
        Map<Integer, Integer> last = new HashMap<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            for (int slot : plan.steps().get(i).frees()) {
                last.put(slot, i);
            }
        }
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            Step step = plan.steps().get(i);
            for (int output = 0; output < step.writes().size(); output++) {
                int slot = step.writes().get(output);
                if (!results.contains(slot)) {
                    Buffer type = buffer(step.cluster().outputTypes().get(output));
                    lives.add(new Life(slot, type, output, i, last.getOrDefault(slot, i)));
                }
            }
        }
        return lives;
    }

    private static Buffer buffer(TensorType type) {
        return new Buffer(type.dtype(), type.shape().count());
    }

    /// Who shares a buffer with whom. The first of a buffer is its largest.
    private record Sharing(Plan plan, InPlace inPlace, List<List<Life>> tenants) {
        Sharing(Plan plan, InPlace inPlace) {
            this(plan, inPlace, new ArrayList<>());
        }

        void place(Life life) {
            Optional<List<Life>> smallest = tenants.stream()
                    .filter(others -> others.getFirst().type.dtype == life.type.dtype
                            && others.stream().allMatch(other -> mayShare(life, other)))
                    .min(Comparator.comparingLong(others -> others.getFirst().type.count));
            smallest.orElseGet(this::another).add(life);
        }

        private List<Life> another() {
            tenants.add(new ArrayList<>());
            return tenants.getLast();
        }

        private boolean mayShare(Life one, Life other) {
            return !one.meets(other) || mayFollow(one, other) || mayFollow(other, one);
        }

        /// Whether something may be written over what its step is the last to read.
        private boolean mayFollow(Life next, Life dying) {
            return next.from == dying.to
                    && dying.from < next.from
                    && plan.steps().get(next.from).reads().contains(dying.slot)
                    && inPlace.allows(next.from, dying.slot, next.output);
        }
    }

    /// Bytes of all buffers.
    public long bytes() {
        return types.stream().mapToLong(Buffer::bytes).sum();
    }
}
