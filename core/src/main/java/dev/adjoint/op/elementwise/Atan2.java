package dev.adjoint.op.elementwise;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Tensor;

/// The angle of the point with ordinate x and abscissa y, element by element: z = atan2(x, y) in (−π, π].
public record Atan2() implements Binary {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.math("atan2", x, y);
    }

    @Override
    public Tensor left(Call call) {
        return call.y().div(call.x().square().add(call.y().square()));
    }

    @Override
    public Tensor right(Call call) {
        return call.x().neg().div(call.x().square().add(call.y().square()));
    }

    @Override
    public DTypes accepts() {
        return DTypes.FLOATING;
    }

    @Override
    public String formula() {
        return "atan2(x, y)";
    }
}
