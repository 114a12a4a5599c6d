package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// The ramp that leaks: y = x for x > 0, else slope·x. The derivative at the kink is the slope.
///
/// Source: Maas, Hannun, Ng, "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.
///
/// @param slope the slope below zero
public record LeakyRelu(double slope) implements Unary {
    /// max(x, 0) + slope·min(x, 0): the same without a choice, so that loops of it become vector instructions.
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.add(s.max(x, s.constant(0)), s.mul(s.constant(slope), s.min(x, s.constant(0))));
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.gt(0).where(x.constant(1), x.constant(slope));
    }

    @Override
    public String formula() {
        return "x > 0 ? x : slope·x";
    }

    @Override
    public Domain domain() {
        return Domain.reals().withKinks(0.0);
    }

    @Override
    public String onnx() {
        return "LeakyRelu";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new LeakyRelu(0.1)).normal(2, 3),
                Sample.of(new LeakyRelu(0.01)).normal());
    }
}
