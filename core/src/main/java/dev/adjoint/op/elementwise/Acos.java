package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// The arccosine of every element: y = arccos x in [0, π], with y′ = −1/√(1 − x²); NaN outside [−1, 1].
public record Acos() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("acos", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.square().rsub(1).rsqrt().neg();
    }

    @Override
    public String formula() {
        return "arccos x";
    }

    @Override
    public Domain domain() {
        return new Domain(-1, 1, List.of());
    }

    @Override
    public String onnx() {
        return "Acos";
    }
}
