package dev.adjoint.op.elementwise;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Tensor;

/// The remainder that has the sign of the divisor: z = x − y·⌊x/y⌋, as Python's `%` and PyTorch's `torch.remainder`; NaN for
/// y = 0. ∂z/∂x = 1 and ∂z/∂y = −⌊x/y⌋ between the jumps.
public record Remainder() implements Binary {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.math("remainder", x, y);
    }

    @Override
    public Tensor left(Call call) {
        return call.out().onesLike();
    }

    @Override
    public Tensor right(Call call) {
        return call.x().div(call.y()).floor().neg();
    }

    @Override
    public DTypes accepts() {
        return DTypes.FLOATING;
    }

    @Override
    public Domain rightDomain() {
        return Domain.above(2.5);
    }

    @Override
    public String formula() {
        return "x − y·⌊x/y⌋";
    }
}
