package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// The exponential linear unit: y = x for x > 0, else α(eˣ − 1).
///
/// Source: Clevert, Unterthiner, Hochreiter, "Fast and accurate deep network learning by exponential linear units", ICLR
/// 2016.
///
/// @param alpha α, the distance of the floor below zero
public record Elu(double alpha) implements Unary {
    /// max(x, 0) + α·(e^min(x, 0) − 1): the same without a choice, so that loops of it become vector instructions.
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        S below = s.math("expm1", s.min(x, s.constant(0)));
        return s.add(s.max(x, s.constant(0)), s.mul(s.constant(alpha), below));
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.gt(0).where(x.constant(1), y.add(alpha));
    }

    @Override
    public String formula() {
        return "x > 0 ? x : α(eˣ − 1)";
    }

    @Override
    public Domain domain() {
        return Domain.reals().withKinks(0.0);
    }

    @Override
    public String vanishes(int operand) {
        return "far below x = 0";
    }

    @Override
    public String onnx() {
        return "Elu";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Elu(1)).normal(2, 3), Sample.of(new Elu(0.5)).normal());
    }
}
