package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The logarithm of the running sum of exponentials along one axis: yᵢ = ln Σⱼ≤ᵢ e^xⱼ. Derivative: ∂yᵢ/∂xⱼ = e^(xⱼ − yᵢ).
///
/// No exponent is positive, so nothing overflows; where all elements so far are −∞ the derivative is 0.
///
/// @param axis the axis; a negative one counts from the end
public record LogCumSumExp(int axis) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return Cumulation.check(this, operands, axis, DTypes.FLOATING);
    }

    // Every partial result is a pair (m, s) that stands for s·eᵐ, with m the largest element in it. m does not move:
    // what is
    // taken from the exponent comes back in front of the logarithm.
    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        Tensor largest = x.stopGradient();
        Tensor base = largest.abs().lt(Double.POSITIVE_INFINITY).where(largest, x.constant(0));
        List<Tensor> scanned =
                Cumulation.scan(List.of(largest, x.sub(base).exp()), x.shape().axis(axis), LogCumSumExp::combine);
        Tensor sum = scanned.get(1);
        Tensor nothing = sum.eq(0);
        Tensor log = nothing.where(x.constant(1), sum).log();
        return nothing.where(scanned.get(0), scanned.get(0).add(log));
    }

    private static List<Tensor> combine(List<Tensor> left, List<Tensor> right) {
        Tensor largest = left.get(0).maximum(right.get(0));
        return List.of(largest, scaled(left, largest).add(scaled(right, largest)));
    }

    /// s·e^(m − largest), and s itself where m is the largest, be it infinite.
    private static Tensor scaled(List<Tensor> pair, Tensor largest) {
        Tensor own = pair.get(0);
        Tensor factor = own.eq(largest).where(own.constant(1), own.sub(largest).exp());
        return pair.get(1).mul(factor);
    }

    @Override
    public String formula() {
        return "ln Σⱼ≤ᵢ e^xⱼ";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new LogCumSumExp(0)).normal(5, 2),
                Sample.of(new LogCumSumExp(-1)).normal(2, 3),
                Sample.of(new LogCumSumExp(0)).uniform(500, 1000, 4),
                Sample.of(new LogCumSumExp(1)).normal(2, 0));
    }
}
