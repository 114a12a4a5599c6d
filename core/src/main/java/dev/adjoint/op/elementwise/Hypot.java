package dev.adjoint.op.elementwise;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Tensor;

/// The length of a vector of two components, element by element, without overflow in between: z = √(x² + y²). At x = y = 0,
/// the tip of a cone, the derivative is 0.
public record Hypot() implements Binary {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.math("hypot", x, y);
    }

    @Override
    public Tensor left(Call call) {
        return direction(call.x(), call.out());
    }

    @Override
    public Tensor right(Call call) {
        return direction(call.y(), call.out());
    }

    /// A component of the unit vector, 0 for no vector: the length is replaced before the division, because a NaN that is only
    /// selected away afterwards comes back in the next derivative.
    private static Tensor direction(Tensor component, Tensor length) {
        return component.div(length.eq(0).where(length.constant(1), length));
    }

    @Override
    public DTypes accepts() {
        return DTypes.FLOATING;
    }

    @Override
    public String formula() {
        return "√(x² + y²)";
    }
}
