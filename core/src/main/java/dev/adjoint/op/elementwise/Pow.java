package dev.adjoint.op.elementwise;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Tensor;

/// The power of two tensors, element by element: z = xʸ, with ∂z/∂x = y·xʸ⁻¹ and ∂z/∂y = xʸ·ln x (0 where x = 0 < y).
public record Pow() implements Binary {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.math("pow", x, y);
    }

    @Override
    public Tensor left(Call call) {
        return call.y()
                .eq(0)
                .where(call.y().zerosLike(), call.y().mul(call.x().pow(call.y().sub(1))));
    }

    @Override
    public Tensor right(Call call) {
        return call.out()
                .mul(call.x().eq(0).where(call.x().constant(1), call.x()).log());
    }

    @Override
    public String formula() {
        return "xʸ";
    }

    @Override
    public Domain leftDomain() {
        return Domain.above(0);
    }

    @Override
    public DTypes accepts() {
        return DTypes.FLOATING;
    }
}
