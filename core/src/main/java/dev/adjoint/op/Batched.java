package dev.adjoint.op;

import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// Operands of which some have gained a batch axis in front.
///
/// @param operands the operands
/// @param mapped which of them have the batch axis
/// @param size the extent of the batch axis
public record Batched(List<Tensor> operands, List<Boolean> mapped, long size) {
    public Batched {
        operands = List.copyOf(operands);
        mapped = List.copyOf(mapped);
    }

    /// The only (or first) operand.
    public Tensor x() {
        return operands.getFirst();
    }

    public boolean isMapped(int operand) {
        return mapped.get(operand);
    }

    /// The rank of an operand without its batch axis.
    public int rank(int operand) {
        return operands.get(operand).rank() - (isMapped(operand) ? 1 : 0);
    }

    /// The operand with the batch axis, repeated along it if it has none.
    public Tensor repeated(int operand) {
        Tensor x = operands.get(operand);
        return isMapped(operand) ? x : x.broadcastTo(x.shape().prepend(size));
    }

    /// All operands with the batch axis.
    public List<Tensor> repeated() {
        return IntStream.range(0, operands.size()).mapToObj(this::repeated).toList();
    }

    /// The same with some operands repeated along the batch axis if they have none.
    public Batched repeating(List<Integer> which) {
        IntStream all = IntStream.range(0, operands.size());
        List<Boolean> now =
                all.mapToObj(i -> mapped.get(i) || which.contains(i)).toList();
        all = IntStream.range(0, operands.size());
        return new Batched(
                all.mapToObj(i -> which.contains(i) ? repeated(i) : operands.get(i))
                        .toList(),
                now,
                size);
    }

    /// All operands with ones behind the batch axis until their own axes number `rank`, so that they still broadcast.
    public List<Tensor> aligned() {
        int rank = IntStream.range(0, operands.size()).map(this::rank).max().orElse(0);
        return IntStream.range(0, operands.size())
                .mapToObj(i -> aligned(i, rank))
                .toList();
    }

    private Tensor aligned(int operand, int rank) {
        Tensor x = operands.get(operand);
        if (!isMapped(operand)) {
            return x;
        }
        Shape own = x.shape().part(1, x.rank());
        return x.reshape(own.padded(rank).prepend(size));
    }
}
