package dev.adjoint.compile;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The memory of a plan's intermediate values: each slot has a buffer, and a buffer whose slot is freed serves the next slot
/// of its size. Arguments, constants and results have memory of their own.
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

    public Buffers {
        types = List.copyOf(types);
        ofSlot = Map.copyOf(ofSlot);
    }

    /// Buffers for a plan's slots.
    static Buffers of(Plan plan) {
        List<Buffer> types = new ArrayList<>();
        Map<Integer, Integer> ofSlot = new HashMap<>();
        Map<Buffer, Deque<Integer>> free = new HashMap<>();
        Set<Integer> results = new HashSet<>(plan.results());
        for (Step step : plan.steps()) {
            for (int i = 0; i < step.writes().size(); i++) {
                int slot = step.writes().get(i);
                if (!results.contains(slot)) {
                    ofSlot.put(slot, take(buffer(step.cluster().outputTypes().get(i)), types, free));
                }
            }
            for (int slot : step.frees()) {
                Integer buffer = ofSlot.get(slot);
                if (buffer != null) {
                    free.computeIfAbsent(types.get(buffer), _ -> new ArrayDeque<>())
                            .push(buffer);
                }
            }
        }
        return new Buffers(types, ofSlot);
    }

    private static Buffer buffer(TensorType type) {
        return new Buffer(type.dtype(), type.shape().count());
    }

    private static int take(Buffer wanted, List<Buffer> types, Map<Buffer, Deque<Integer>> free) {
        Deque<Integer> candidates = free.get(wanted);
        if (candidates != null && !candidates.isEmpty()) {
            return candidates.pop();
        }
        types.add(wanted);
        return types.size() - 1;
    }

    /// Bytes of all buffers.
    public long bytes() {
        return types.stream().mapToLong(Buffer::bytes).sum();
    }
}
