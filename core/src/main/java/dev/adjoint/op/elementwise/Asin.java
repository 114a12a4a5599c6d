package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// The arcsine of every element: y = arcsin x in [−π/2, π/2], with y′ = 1/√(1 − x²); NaN outside [−1, 1].
public record Asin() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("asin", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.square().rsub(1).rsqrt();
    }

    @Override
    public String formula() {
        return "arcsin x";
    }

    @Override
    public Domain domain() {
        return new Domain(-1, 1, List.of());
    }

    @Override
    public String onnx() {
        return "Asin";
    }
}
