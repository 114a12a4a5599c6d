package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The whole number nearest to every element, the even one in the middle between two, as in IEEE 754 and NumPy. The
/// derivative is 0 wherever it exists.
public record Round() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("rint", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.zerosLike();
    }

    @Override
    public String formula() {
        return "round x";
    }

    @Override
    public String vanishes(int operand) {
        return "anywhere: it is constant between jumps";
    }

    @Override
    public String onnx() {
        return "Round";
    }
}
