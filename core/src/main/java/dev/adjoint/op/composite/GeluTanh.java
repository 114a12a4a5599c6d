package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.*;
import java.util.*;

/// The Gaussian error linear unit, approximated: y = x/2·(1 + t) with t = tanh u and u = √(2/π)·(x + 0.044715·x³).
/// Derivative: (1 + t)/2·(1 + x·(1 − t)·u′) with u′ = √(2/π)·(1 + 0.134145·x²).
///
/// Beyond ±30, where t is ±1 in double precision too, x is taken for ±30 wherever 0·∞ would arise: y(−∞) = −0, y′(−∞) = 0 and
/// y′(∞) = 1. The backward pass reads x alone: to compute the tangent once more is cheaper than to keep what lies between.
/// Source: Hendrycks, Gimpel, "Gaussian error linear units", 2016; `gelu(approximate="tanh")` of PyTorch.
public record GeluTanh() implements Composite {
    private static final double SCALE = Math.sqrt(2 / Math.PI);
    private static final double CUBE = 0.044715 * SCALE;
    private static final double SATURATION = 30;

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return FloatingLaw.same(this, operands);
    }

    private static Tensor tangent(Tensor x) {
        return x.mul(x.square().mul(CUBE).add(SCALE)).tanh();
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        return x.maximum(-SATURATION).mul(0.5).mul(tangent(x).add(1));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        Tensor x = call.x().clamp(-SATURATION, SATURATION);
        Tensor t = tangent(x);
        Tensor steep = x.square().mul(3 * CUBE).add(SCALE).mul(t.rsub(1)).mul(x);
        return Optional.of(t.add(1).mul(0.5).mul(steep.add(1)).mul(ct));
    }

    @Override
    public String vanishes(int operand) {
        return "far below x = 0";
    }

    @Override
    public String formula() {
        return "x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))";
    }

    @Override
    public String onnx() {
        return "Gelu";
    }

    public static List<Sample> samples() {
        return List.of(Sample.of(new GeluTanh()).uniform(-4, 4, 2, 3));
    }
}
