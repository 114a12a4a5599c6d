package dev.adjoint.explain;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.KeptForBackward;
import dev.adjoint.transform.Vjp;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// The memory of a function: every value that its backward pass keeps, its bytes and the operators that want it, with the
/// totals for training and for prediction. Nothing is computed; types are enough.
///
/// {@snippet :
/// MemoryNeed need = MemoryNeed.forType(v -> v.sin().tanh().sum(), TensorType.of(DType.F32, 64, 784));
/// System.out.println(need); // training … bytes, prediction … bytes, kept for the backward pass …
/// }
///
/// @param kept what the backward pass reads, arguments included, in order of computation
/// @param training the bytes that value and gradients together hold at most, arguments and results included
/// @param prediction the bytes that the value alone holds at most, arguments and results included
public record MemoryNeed(List<KeptForBackward> kept, long training, long prediction) {
    private static final int SHOWN = 20;

    public MemoryNeed {
        kept = List.copyOf(kept);
    }

    /// The memory for arguments of the types of a tensor or a tree of tensors, whose numbers do not matter.
    public static <A, R> MemoryNeed of(Function<A, R> f, A like) {
        Graph graph = Trace.of(like, f).graph();
        return new MemoryNeed(KeptForBackward.of(graph), peak(new Vjp().apply(graph)), peak(graph));
    }

    /// The memory for a tensor of a type.
    public static <R> MemoryNeed forType(Function<Tensor, R> f, TensorType type) {
        return of(f, (Tensor) Value.input("x", type));
    }

    private static long peak(Graph graph) {
        return Executable.compile(graph).plan().peakBytes();
    }

    /// The bytes that the forward pass keeps for the backward pass, beyond the arguments.
    public long keptBytes() {
        return KeptForBackward.bytes(kept);
    }

    /// The totals, then what is kept, the largest first.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("training " + training + " bytes, prediction " + prediction
                + " bytes, kept for the backward pass " + keptBytes() + " bytes");
        List<KeptForBackward> costly = kept.stream()
                .filter(value -> value.bytes() > 0)
                .sorted(Comparator.comparingLong((KeptForBackward value) -> value.bytes())
                        .reversed())
                .toList();
        costly.stream().limit(SHOWN).forEach(value -> text.append("\n  ").append(value));
        if (costly.size() > SHOWN) {
            text.append("\n  and ").append(costly.size() - SHOWN).append(" more");
        }
        return text.toString();
    }
}
