package dev.adjoint.op.elementwise;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Tensor;

/// The power of two tensors, element by element: z = xʸ, with ∂z/∂x = y·xʸ⁻¹ and ∂z/∂y = xʸ·ln x (0 where x = 0 < y), and both 0 at
/// x = y = 0.
public record Pow() implements Binary {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.math("pow", x, y);
    }

    @Override
    public Tensor left(Call call) {
        // y·xʸ⁻¹ is 0·∞ at x = y = 0. The base is replaced there, not the result: a NaN that is only selected away
        // comes back
        // in the next derivative.
        Tensor corner = call.x().eq(0).and(call.y().eq(0));
        Tensor base = corner.where(call.x().constant(1), call.x());
        return call.y().mul(base.pow(call.y().sub(1)));
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

    @Override
    public String vanishes(int operand) {
        return operand == 0 ? "where x is 0 or y is 0" : "where x is 0 or 1";
    }

    @Override
    public String onnx() {
        return "Pow";
    }
}
