package dev.adjoint.compile;

import java.util.List;

/// One kernel run of a plan.
///
/// @param cluster what it computes
/// @param reads the slots of its inputs
/// @param writes the slots of its outputs
/// @param frees the slots that no later step reads and that hold no result
public record Step(Cluster cluster, List<Integer> reads, List<Integer> writes, List<Integer> frees) {
    public Step {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        frees = List.copyOf(frees);
    }
}
