package dev.adjoint.op.source;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Philox;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Independent integers from `low` to `high` − 1 that belong to a key, all equally likely (within (high − low)/2⁶⁴).
///
/// @param type the type of the result
/// @param low the smallest
/// @param high the number behind the largest
public record RandomInts(TensorType type, long low, long high) implements Source {
    public RandomInts {
        if (low >= high) {
            throw new InvalidArgument(
                    "random integers need a lower bound below the upper, not " + low + " and " + high);
        }
        boolean fits = type.dtype() == DType.I64
                || ((double) low >= type.dtype().lowest()
                        && (double) (high - 1) <= type.dtype().highest());
        if (type.dtype().isInteger() && !fits) {
            throw new InvalidArgument("integers from " + low + " to " + (high - 1) + " do not fit " + type.dtype());
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        if (!type.dtype().isInteger()) {
            throw new DTypeMismatch(name(), List.of(type), "the result must be of an integer type");
        }
        return RandomLaw.infer(this, operands, type);
    }

    // 64 random bits as a fraction of 1, times the number of choices, without its fractional part (Lemire, 2019). A
    // range
    // beyond 2⁶³ wraps to a negative number, which is the right one unsigned.
    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long key = operands.getFirst().getLong(0);
        int[] words = new int[4];
        for (int i = 0; i < out.count(); i++) {
            if ((i & 1) == 0) {
                Philox.words(key, i >>> 1, 0, words);
            }
            out.setLong(i, low + Math.unsignedMultiplyHigh(Philox.bits(words, i & 1), high - low));
        }
    }

    @Override
    public String formula() {
        return "yᵢ ~ U{low … high − 1}";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RandomInts(TensorType.of(DType.I64, 2, 3), -5, 5)).key(),
                Sample.of(new RandomInts(TensorType.of(DType.U8, 4), 0, 256)).key(),
                Sample.of(new RandomInts(TensorType.of(DType.I32), 3, 4)).key());
    }
}
