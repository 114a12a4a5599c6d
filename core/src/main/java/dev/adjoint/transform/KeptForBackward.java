package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import java.util.List;

/// A value of a forward graph that the reverse pass reads, and that therefore stays in memory until it is read.
///
/// A result that is only another view of its operand (a reshape, a stopped gradient) is counted as that operand. What a
/// composite without a reverse rule of its own keeps inside is counted as that composite's result.
///
/// @param value the value of the analysed graph
/// @param bytes what is kept of it; 0 for an argument, which exists anyway
/// @param wantedBy the names of the operators whose reverse rules read it, without repetition, in order of the graph
public record KeptForBackward(Value value, long bytes, List<String> wantedBy) {
    public KeptForBackward {
        wantedBy = List.copyOf(wantedBy);
    }

    /// The values of a forward graph that the backward part of `new Vjp().apply(graph)` reads, arguments included,
    /// constants excluded, in order of the graph.
    public static List<KeptForBackward> of(Graph graph) {
        return new BackwardReads(graph).kept();
    }

    /// The bytes that a forward pass keeps for the reverse pass beyond its arguments.
    public static long bytes(List<KeptForBackward> kept) {
        return kept.stream().mapToLong(KeptForBackward::bytes).sum();
    }

    /// Whether the value is an argument (a parameter, an input), which costs no memory of its own.
    public boolean isArgument() {
        return value.isInput();
    }
}
