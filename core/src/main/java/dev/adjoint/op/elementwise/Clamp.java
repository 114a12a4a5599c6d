package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Every element held between two bounds: y = min(max(x, low), high); NaN stays NaN. The derivative is 1 between the bounds
/// and 0 at and beyond them.
///
/// @param low the lower bound
/// @param high the upper bound, at least the lower
public record Clamp(double low, double high) implements Unary {
    public Clamp {
        if (!(low <= high)) {
            throw new InvalidArgument("clamp needs a lower bound not above the upper, not " + low + " and " + high);
        }
    }

    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.min(s.max(x, s.constant(low)), s.constant(high));
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.gt(low).and(x.lt(high)).to(x.dtype());
    }

    @Override
    public String formula() {
        return "min(max(x, low), high)";
    }

    @Override
    public Domain domain() {
        return Domain.reals().withKinks(low, high);
    }

    @Override
    public String vanishes(int operand) {
        return "where x is outside the bounds";
    }

    @Override
    public String onnx() {
        return "Clip";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Clamp(-0.5, 1)).normal(2, 3),
                Sample.of(new Clamp(0, 0)).normal(3));
    }
}
