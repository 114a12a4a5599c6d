package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import java.util.List;
import java.util.function.Function;

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

    /// The values of a function that the backward pass reads, for arguments of the given types; nothing is computed.
    ///
    /// {@snippet :
    /// Tensor like = Value.input("x", TensorType.of(DType.F32, 64, 784));
    /// List<KeptForBackward> kept = KeptForBackward.of((Tensor x) -> x.tanh().square().sum(), like);
    /// }
    ///
    /// @param like a tensor or a tree of tensors, whose numbers do not matter
    public static <A, R> List<KeptForBackward> of(Function<A, R> f, A like) {
        return of(Trace.of(like, f).graph());
    }

    /// The bytes that a forward pass keeps for the reverse pass beyond its arguments.
    public static long bytes(List<KeptForBackward> kept) {
        return kept.stream().mapToLong(KeptForBackward::bytes).sum();
    }

    /// `48 bytes of exp: f32[3,4] at Model.java:7, wanted by exp, sin`
    @Override
    public String toString() {
        String what = isArgument() ? "argument " + value : value.origin().named(value) + ": " + value.type();
        String where = value.origin().place().map(p -> " at " + p).orElse("");
        return bytes + " bytes of " + what + where + ", wanted by " + String.join(", ", wantedBy);
    }

    /// Whether the value is an argument (a parameter, an input), which costs no memory of its own.
    public boolean isArgument() {
        return value.isInput();
    }
}
