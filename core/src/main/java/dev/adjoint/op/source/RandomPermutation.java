package dev.adjoint.op.source;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Philox;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The numbers 0 … count − 1 in an order that belongs to a key, all orders equally likely (Fisher–Yates): the order of
/// [dev.adjoint.tensor.Key#permutation].
///
/// @param count how many numbers there are
public record RandomPermutation(long count) implements Source {
    public RandomPermutation {
        if (count < 0) {
            throw new InvalidArgument("a permutation has at least 0 numbers, not " + count);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return RandomLaw.infer(this, operands, TensorType.of(DType.I64, count));
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long key = operands.getFirst().getLong(0);
        long[] order = out.longs();
        for (int i = 0; i < out.count(); i++) {
            order[i] = i;
        }
        for (int i = out.count() - 1; i > 0; i--) {
            int j = (int) (Philox.uniform(key, i) * (i + 1));
            long swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    @Override
    public String formula() {
        return "0 … n − 1 in random order";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RandomPermutation(5)).key(),
                Sample.of(new RandomPermutation(1)).key(),
                Sample.of(new RandomPermutation(0)).key());
    }
}
