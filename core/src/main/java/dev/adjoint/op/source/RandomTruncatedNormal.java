package dev.adjoint.op.source;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Philox;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Independent standard normal numbers between two bounds that belong to a key: the normal law on [low, high], by the inverse
/// of its distribution function.
///
/// Tails are measured from their own end, so bounds far out keep their precision.
///
/// @param type the type of the result
/// @param low the lower bound, possibly −∞
/// @param high the upper bound, possibly ∞
public record RandomTruncatedNormal(TensorType type, double low, double high) implements Source {
    private static final double SMALLEST = 0x1.0p-54;

    public RandomTruncatedNormal {
        if (!(low < high)) {
            throw new InvalidArgument(
                    "a truncated normal law needs a lower bound below the upper, not " + low + " and " + high);
        }
        if (!(mass(low, high) > 0)) {
            throw new InvalidArgument("the normal law between " + low + " and " + high
                    + " lies so far out that its probability is 0 in double precision");
        }
    }

    private static double mass(double low, double high) {
        return low >= 0
                ? StandardNormal.tail(low) - StandardNormal.tail(high)
                : high <= 0
                        ? StandardNormal.tail(-high) - StandardNormal.tail(-low)
                        : 1 - StandardNormal.tail(-low) - StandardNormal.tail(high);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return RandomLaw.inferFloating(this, operands, type);
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long key = operands.getFirst().getLong(0);
        double mass = mass(low, high);
        double below = StandardNormal.tail(-low);
        double above = StandardNormal.tail(high);
        for (int i = 0; i < out.count(); i++) {
            double share = Math.max(Philox.uniform(key, i), SMALLEST);
            // The probability below the number and that above it: the smaller is the precise one.
            double left = below + share * mass;
            double right = above + (1 - share) * mass;
            double number = left < right ? -StandardNormal.tailQuantile(left) : StandardNormal.tailQuantile(right);
            out.set(i, Math.clamp(number, low, high));
        }
    }

    @Override
    public String formula() {
        return "yᵢ ~ N(0, 1) on [low, high]";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RandomTruncatedNormal(TensorType.of(DType.F64, 3, 3), -2, 2))
                        .key(),
                Sample.of(new RandomTruncatedNormal(TensorType.of(DType.F32, 5), 1, Double.POSITIVE_INFINITY))
                        .key());
    }
}
