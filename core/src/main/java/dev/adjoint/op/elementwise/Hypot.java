package dev.adjoint.op.elementwise;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Tensor;

/// The length of a vector of two components, element by element, without overflow in between: z = √(x² + y²). Not
/// differentiable at x = y = 0.
public record Hypot() implements Binary {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.math("hypot", x, y);
    }

    @Override
    public Tensor left(Call call) {
        return call.x().div(call.out());
    }

    @Override
    public Tensor right(Call call) {
        return call.y().div(call.out());
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
