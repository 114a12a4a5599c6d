package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// Every element without its fraction: y = ⌊|x|⌋·sign x. The derivative is 0 wherever it exists.
public record Trunc() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("trunc", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.zerosLike();
    }

    @Override
    public String formula() {
        return "⌊|x|⌋·sign x";
    }

    @Override
    public String vanishes(int operand) {
        return "anywhere: it is constant between jumps";
    }
}
